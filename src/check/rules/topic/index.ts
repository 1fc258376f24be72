import type { Rule } from '../../rule.ts';
import { oneCopy } from './kt001-one-copy.ts';
import { topicInSync } from './kt002-topic-in-sync.ts';
import { topicCopiesWithoutBrokers } from './kt005-copies-without-brokers.ts';
import { compactedForATime } from './kt007-compacted-for-a-time.ts';
import { tieredAndCompacted } from './kt009-tiered-and-compacted.ts';
import { longerHereThanAnywhere } from './kt010-longer-here-than-anywhere.ts';
import { namesCollide } from './kt012-names-collide.ts';
import { undeclaredTopic } from './kt020-undeclared.ts';
import { noNameOfATopic } from './kt021-no-name-of-a-topic.ts';

export const topicRules: readonly Rule[] = [
  oneCopy,
  topicInSync,
  topicCopiesWithoutBrokers,
  compactedForATime,
  tieredAndCompacted,
  longerHereThanAnywhere,
  namesCollide,
  undeclaredTopic,
  noNameOfATopic,
];

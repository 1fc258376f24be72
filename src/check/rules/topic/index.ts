import type { Rule } from '../../rule.ts';
import { oneCopy } from './kt001-one-copy.ts';
import { topicInSync } from './kt002-topic-in-sync.ts';
import { onePartition } from './kt003-one-partition.ts';
import { moreCopiesThanBrokers } from './kt005-more-copies-than-brokers.ts';
import { retentionOfCompacted } from './kt007-retention-of-compacted.ts';
import { tinySegments } from './kt008-tiny-segments.ts';
import { tieredAndCompacted } from './kt009-tiered-and-compacted.ts';
import { longerHereThanAnywhere } from './kt010-longer-here-than-anywhere.ts';
import { noTier } from './kt011-no-tier.ts';
import { namesCollide } from './kt012-names-collide.ts';
import { removedFlag } from './kt013-removed-flag.ts';
import { deprecatedFlag } from './kt014-deprecated-flag.ts';
import { blankInServers } from './kt015-blank-in-servers.ts';
import { failsWhenThere } from './kt016-fails-when-there.ts';
import { shortDeadLetters } from './kt018-short-dead-letters.ts';
import { undeclaredTopic } from './kt020-undeclared.ts';
import { noNameOfATopic } from './kt021-no-name-of-a-topic.ts';
import { alterByTopics } from './kt022-alter-by-topics.ts';

export const topicRules: readonly Rule[] = [
  oneCopy,
  topicInSync,
  onePartition,
  moreCopiesThanBrokers,
  retentionOfCompacted,
  tinySegments,
  tieredAndCompacted,
  longerHereThanAnywhere,
  noTier,
  namesCollide,
  removedFlag,
  deprecatedFlag,
  blankInServers,
  failsWhenThere,
  shortDeadLetters,
  undeclaredTopic,
  noNameOfATopic,
  alterByTopics,
];

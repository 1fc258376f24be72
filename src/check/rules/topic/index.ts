import type { Rule } from '../../rule.ts';
import { oneCopy } from './kt001-one-copy.ts';
import { minInsyncReplicas } from './kt002-min-insync-replicas.ts';
import { onePartition } from './kt003-one-partition.ts';
import { moreCopiesThanBrokers } from './kt005-more-copies-than-brokers.ts';
import { retentionOfCompacted } from './kt007-retention-of-compacted.ts';
import { tinySegments } from './kt008-tiny-segments.ts';
import { tieredAndCompacted } from './kt009-tiered-and-compacted.ts';
import { localRetention } from './kt010-local-retention.ts';
import { noTier } from './kt011-no-tier.ts';
import { topicNames } from './kt012-topic-names.ts';
import { removedFlag } from './kt013-removed-flag.ts';
import { deprecatedFlag } from './kt014-deprecated-flag.ts';
import { blankInServers } from './kt015-blank-in-servers.ts';
import { failsWhenThere } from './kt016-fails-when-there.ts';
import { shortDeadLetters } from './kt018-short-dead-letters.ts';
import { alterByTopics } from './kt022-alter-by-topics.ts';

export const topicRules: readonly Rule[] = [
  oneCopy,
  minInsyncReplicas,
  onePartition,
  moreCopiesThanBrokers,
  retentionOfCompacted,
  tinySegments,
  tieredAndCompacted,
  localRetention,
  noTier,
  topicNames,
  removedFlag,
  deprecatedFlag,
  blankInServers,
  failsWhenThere,
  shortDeadLetters,
  alterByTopics,
];

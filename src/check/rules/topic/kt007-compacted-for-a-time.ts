import type { Rule } from '../../rule.ts';
import { itemsOf, ofKind, settingOf, textOf } from '../../settings.ts';

const limits = ['retention.ms', 'retention.bytes'];

export const compactedForATime: Rule = {
  code: 'KT007',
  title: 'A compacted topic with a limit that does not hold',
  severity: 'info',
  confidence: 'high',
  story:
    'Records about persons were to be gone after thirty days, and they are still there years later: a topic that is only compacted keeps the last record of each key for ever.',
  source: 'TopicConfig.CLEANUP_POLICY_CONFIG (delete, compact or both)',
  noFix: 'Whether records are to be deleted is a decision.',
  *check(known) {
    for (const topic of ofKind(known, 'topic')) {
      const policy = itemsOf(textOf(settingOf(topic, 'cleanup.policy')));
      const limit = limits.flatMap((key) => settingOf(topic, key) ?? [])[0];
      const text = textOf(limit);
      if (policy.join() !== 'compact' || !limit || text === undefined || text === '-1') continue;
      yield {
        at: limit.valueAt,
        says: `${limit.key} is ${text}, and cleanup.policy is compact.`,
        next: 'cleanup.policy=compact,delete makes it hold; otherwise leave it out.',
      };
    }
  },
};

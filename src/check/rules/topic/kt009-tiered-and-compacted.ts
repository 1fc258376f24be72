import type { Rule } from '../../rule.ts';
import { isTrue, itemsOf, ofKind, settingOf, textOf } from '../../settings.ts';

export const tieredAndCompacted: Rule = {
  code: 'KT009',
  title: 'A compacted topic in tiered storage',
  severity: 'error',
  confidence: 'high',
  story:
    'The topic is not made, or its change is refused: what lies in another storage can not be compacted.',
  source: 'LogConfig.validateRemoteStorageRequiresDeleteCleanupPolicy (KIP-405)',
  noFix: 'Which of the two was meant is a decision.',
  *check(known) {
    for (const topic of ofKind(known, 'topic')) {
      const tiered = settingOf(topic, 'remote.storage.enable');
      const policy = settingOf(topic, 'cleanup.policy');
      if (!tiered || !policy || !isTrue(textOf(tiered))) continue;
      if (itemsOf(textOf(policy)).includes('compact'))
        yield {
          at: policy.valueAt,
          says: `cleanup.policy is ${textOf(policy)}, and remote.storage.enable is true.`,
          next: 'Take delete, or keep the topic on the brokers.',
          also: [{ at: tiered.valueAt, says: 'It is tiered here.' }],
        };
    }
  },
};

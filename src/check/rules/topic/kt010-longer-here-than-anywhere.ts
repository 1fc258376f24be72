import type { Rule } from '../../rule.ts';
import { isTrue, numberOf, ofKind, settingOf, textOf } from '../../settings.ts';

const pairs = [
  ['local.retention.ms', 'retention.ms'],
  ['local.retention.bytes', 'retention.bytes'],
] as const;

export const longerHereThanAnywhere: Rule = {
  code: 'KT010',
  title: 'Records are to stay on brokers longer than at all',
  severity: 'error',
  confidence: 'high',
  story:
    'The topic is not made, or its change is refused: what is on the brokers is a part of what is kept.',
  source: 'LogConfig.validateRemoteStorageRetentionTime and -Size (KIP-405)',
  noFix: 'Either of the two may be the one that was meant.',
  *check(known) {
    for (const topic of ofKind(known, 'topic')) {
      if (!isTrue(textOf(settingOf(topic, 'remote.storage.enable')))) continue;
      for (const [localKey, allKey] of pairs) {
        const setting = settingOf(topic, localKey);
        const local = numberOf(textOf(setting));
        // Left out, it is what the brokers say.
        const all = numberOf(textOf(settingOf(topic, allKey)));
        if (!setting || local === undefined || all === undefined || all < 0 || local === -2)
          continue;
        if (local !== -1 && local <= all) continue;
        yield {
          at: setting.valueAt,
          says: `${localKey} is ${local}, and ${allKey} is ${all}.`,
          next: `Take less than ${all}, or -2 for the same.`,
        };
      }
    }
  },
};

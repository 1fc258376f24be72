import type { Rule } from '../../rule.ts';
import { isTrue, ofKind, settingOf, textOf } from '../../settings.ts';
import { numberIn } from '../../topics.ts';

const pairs = [
  ['local.retention.ms', 'retention.ms', 604_800_000],
  ['local.retention.bytes', 'retention.bytes', -1],
] as const;

export const localRetention: Rule = {
  code: 'KT010',
  title: 'Kept longer on the brokers than at all',
  severity: 'error',
  confidence: 'high',
  story:
    'The topic is not made, or the change is refused with a ConfigException: what lies on the brokers is a part of what is kept.',
  source: 'LogConfig.validateRemoteStorageRetentionSize, validateRemoteStorageRetentionTime',
  noFix: 'which of the two is meant is not in the file',
  *check(known) {
    for (const configuration of ofKind(known, 'topic')) {
      if (!isTrue(textOf(settingOf(configuration, 'remote.storage.enable')))) continue;
      for (const [local, whole, otherwise] of pairs) {
        const setting = settingOf(configuration, local);
        const own = numberIn(configuration, local);
        const isOpen = configuration.open || settingOf(configuration, whole) !== undefined;
        const all = numberIn(configuration, whole) ?? (isOpen ? undefined : otherwise);
        if (!setting || own === undefined || all === undefined) continue;
        // -2 stands for all of it.
        if (all === -1 || own === -2 || (own !== -1 && own <= all)) continue;
        yield {
          at: setting.valueAt,
          says: `${local} is ${own === -1 ? 'without a limit' : own}, of a ${whole} of ${all}.`,
          next: `${local} at most ${all}, or -2 for the same.`,
        };
      }
    }
  },
};

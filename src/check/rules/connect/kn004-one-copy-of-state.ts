import { fixOf, valueEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { numberOf, ofKind, settingOf, textOf } from '../../settings.ts';

const keys = ['config', 'offset', 'status'].map((what) => `${what}.storage.replication.factor`);

export const oneCopyOfState: Rule = {
  code: 'KN004',
  title: 'What Connect knows has no second copy',
  severity: 'error',
  confidence: 'high',
  production: true,
  guards: ['replication'],
  story:
    'One broker is away, and no connector can be changed, nor a task start; its disk fails, and all connectors and their offsets are gone. Sources begin again, with every record twice or a gap.',
  source: 'DistributedConfig.CONFIG_STORAGE_REPLICATION_FACTOR_CONFIG and the two others',
  *check(known) {
    for (const worker of ofKind(known, 'connect-distributed'))
      for (const key of keys) {
        const setting = settingOf(worker, key);
        if (!setting || numberOf(textOf(setting)) !== 1) continue;
        yield {
          at: setting.valueAt,
          says: `${key} is 1.`,
          next: "Three, or -1 for the brokers' default. A topic that is there needs kafka-reassign-partitions.",
          ...fixOf(false, `Set ${key} to 3`, valueEdit(setting, '3')),
        };
      }
  },
};

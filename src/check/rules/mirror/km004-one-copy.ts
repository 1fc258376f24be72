import { fixOf, valueEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { numberOf, ofKind, textOf } from '../../settings.ts';

const factor = /^((offset-syncs|checkpoints|heartbeats)\.topic\.)?replication\.factor$/;

export const oneCopy: Rule = {
  code: 'KM004',
  title: 'Mirrored topics have one copy',
  severity: 'error',
  confidence: 'high',
  production: true,
  guards: ['replication'],
  story:
    'The first cluster is lost, everybody moves to the second one, and there one broker is away: the topics that were to save the day are on its disk alone.',
  source: 'MirrorSourceConfig.REPLICATION_FACTOR and the factors of its internal topics',
  *check(known) {
    for (const mirror of ofKind(known, 'mirror-source', 'mirror-checkpoint', 'mirror-heartbeat'))
      for (const setting of mirror.settings) {
        if (!factor.test(setting.key) || numberOf(textOf(setting)) !== 1) continue;
        yield {
          at: setting.valueAt,
          says: `${setting.written ?? setting.key} is 1.`,
          next: "Three, or -1 for the default of the target's brokers.",
          ...fixOf(false, `Set ${setting.key} to 3`, valueEdit(setting, '3')),
        };
      }
  },
};

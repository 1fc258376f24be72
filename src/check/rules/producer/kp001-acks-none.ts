import { fixOf, valueEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

export const acksNone: Rule = {
  code: 'KP001',
  title: 'Nobody acknowledges what is sent',
  severity: 'error',
  confidence: 'high',
  guards: ['acks-all'],
  story:
    'A leader changes, a connection breaks, a record is too large: the producer hears of nothing and counts it as sent. The gap is found when the numbers no longer agree.',
  source: 'ProducerConfig.ACKS_CONFIG',
  *check(known) {
    for (const configuration of ofKind(known, 'producer')) {
      const setting = settingOf(configuration, 'acks');
      if (setting && textOf(setting) === '0')
        yield {
          at: setting.valueAt,
          says: 'acks is 0: the producer does not even wait for the leader.',
          next: "acks=all, which is Kafka's default.",
          ...fixOf(true, 'Set acks to all', valueEdit(setting, 'all')),
        };
    }
  },
};

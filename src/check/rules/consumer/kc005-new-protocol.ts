import { fixOf, lineEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { ofJava, settingOf, usesNewProtocol } from '../../settings.ts';

const ofTheBroker = [
  'session.timeout.ms',
  'heartbeat.interval.ms',
  'partition.assignment.strategy',
];

export const newProtocol: Rule = {
  code: 'KC005',
  title: 'Settings that the new group protocol leaves to the broker',
  severity: 'error',
  confidence: 'high',
  story: 'The consumer does not start. What it sets is decided for the whole group now.',
  source: 'ConsumerConfig.checkUnsupportedConfigsPostProcess (KIP-848)',
  *check(known) {
    for (const configuration of ofJava(known, 'consumer')) {
      if (!usesNewProtocol(configuration)) continue;
      for (const key of ofTheBroker) {
        const setting = settingOf(configuration, key);
        if (setting)
          yield {
            at: setting.keyAt,
            says: `${key} can not be set with group.protocol=consumer.`,
            next: 'Leave it out; brokers have group.consumer.* settings for it.',
            ...fixOf(true, `Remove ${key}`, lineEdit(setting)),
          };
      }
    }
  },
};

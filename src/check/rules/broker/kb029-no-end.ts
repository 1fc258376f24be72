import type { Rule } from '../../rule.ts';
import { effective, isTrue, numberOf, ofKind, settingOf } from '../../settings.ts';

const times = ['log.retention.ms', 'log.retention.minutes', 'log.retention.hours'];

export const noEnd: Rule = {
  code: 'KB029',
  title: 'Nothing is ever deleted unless a topic asks for it',
  severity: 'warning',
  confidence: 'medium',
  production: true,
  story:
    'The disks are full on a Sunday, on all brokers at once since they have the same load, and a broker without space for its log ends. None of them can start to delete anything.',
  source: 'ServerLogConfigs.LOG_RETENTION_TIME_MILLIS_CONFIG (-1 is for ever)',
  noFix: 'How long records are needed, their readers know.',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const key = times.find((one) => settingOf(node, one));
      const time = key === undefined ? undefined : settingOf(node, key);
      const of = (name: string) => effective(known, node, name)?.text;
      if (!key || !time || numberOf(of(key)) !== -1) continue;
      const isTiered = isTrue(of('remote.log.storage.system.enable'));
      if (numberOf(of('log.retention.bytes')) !== -1 || isTiered) continue;
      if (of('log.cleanup.policy') !== 'delete') continue;
      yield {
        at: time.valueAt,
        says: `${key} is -1, and log.retention.bytes has no limit either.`,
        next: 'Give a limit here, and retention.ms=-1 to the topics that are kept for ever.',
      };
    }
  },
};

import { listenersOf } from '../../listeners.ts';
import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

export const advertisedAddress: Rule = {
  code: 'KB012',
  title: 'An address that no client can connect to',
  severity: 'error',
  confidence: 'high',
  story: 'The broker ends at start: 0.0.0.0 is where it listens, not where others find it.',
  source:
    'KafkaConfig.validateValues (advertised.listeners cannot use the nonroutable meta-address)',
  noFix: 'Files do not tell by which name clients reach it.',
  *check(known) {
    for (const configuration of ofKind(known, 'broker')) {
      const advertised = settingOf(configuration, 'advertised.listeners');
      const setting = advertised ?? settingOf(configuration, 'listeners');
      const meta = listenersOf(textOf(advertised) ?? '')?.find(({ host }) => host === '0.0.0.0');
      if (setting && meta)
        yield {
          at: setting.valueAt,
          says: `${setting.key} gives ${meta.name}://${meta.host}:${meta.port} to clients.`,
          next: 'Give a name or address by which clients reach this broker.',
        };
    }
  },
};

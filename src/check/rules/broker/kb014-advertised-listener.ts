import { listenersOf } from '../../listeners.ts';
import type { Rule } from '../../rule.ts';
import { effective, itemsOf, ofKind, settingOf, textOf } from '../../settings.ts';

export const advertisedListener: Rule = {
  code: 'KB014',
  title: 'A listener is advertised that does not exist',
  severity: 'error',
  confidence: 'high',
  story: 'The broker ends at start, since nobody listens where it would send its clients.',
  source: 'KafkaConfig.validateValues (advertised.listeners must be a subset of listeners)',
  noFix: 'Either of the two may be the one that was meant.',
  *check(known) {
    for (const configuration of ofKind(known, 'broker')) {
      // A mere controller advertises to nobody, and Kafka looks at none of it.
      if (itemsOf(effective(known, configuration, 'process.roles')?.text).join() === 'controller')
        continue;
      const advertised = settingOf(configuration, 'advertised.listeners');
      // Without any Kafka listens at PLAINTEXT.
      const own = listenersOf(effective(known, configuration, 'listeners')?.text ?? '');
      const names = new Set(own?.map(({ name }) => name));
      const missing = listenersOf(textOf(advertised) ?? '')?.find(({ name }) => !names.has(name));
      if (advertised && own && missing)
        yield {
          at: advertised.valueAt,
          says: `advertised.listeners has ${missing.name}, but listeners has ${[...names].join(', ')}.`,
          next: 'Name the same listeners in both.',
        };
    }
  },
};

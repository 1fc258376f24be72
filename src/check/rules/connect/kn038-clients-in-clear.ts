import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

const key = 'security.protocol';

export const clientsInClear: Rule = {
  code: 'KN038',
  title: 'Workers log in, and their connectors do not',
  severity: 'error',
  confidence: 'medium',
  guards: ['security'],
  story:
    'The worker starts and its REST interface answers; every task hangs, and after minutes its log has a TimeoutException about metadata: it talks plaintext to a port that wants TLS.',
  source: 'Worker.baseProducerConfigs, baseConsumerConfigs; "Kafka Connect", Security',
  noFix: 'each of the settings is needed for producers, consumers and admin clients',
  *check(known) {
    for (const worker of ofKind(known, 'connect-distributed', 'connect-standalone')) {
      const setting = settingOf(worker, key);
      const protocol = textOf(setting);
      if (!setting || worker.open || !/^(SSL|SASL_)/i.test(protocol ?? '')) continue;
      if (['producer', 'consumer'].some((client) => settingOf(worker, `${client}.${key}`)))
        continue;
      yield {
        at: setting.valueAt,
        says: `${setting.written ?? key} is ${protocol} for the worker, and neither for producers nor for consumers of connectors.`,
        next: `producer.${key}, consumer.${key} and what belongs to them (sasl.*, ssl.*), again with each prefix.`,
      };
    }
  },
};

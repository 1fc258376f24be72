import { isLocal } from '../../listeners.ts';
import type { Rule } from '../../rule.ts';

export const jmxOutside: Rule = {
  code: 'KX008',
  title: 'Management of a broker for whoever reaches its port',
  severity: 'warning',
  confidence: 'high',
  production: 'named',
  guards: ['security', 'monitoring'],
  story:
    'A port for metrics was published, and it is JMX, which also loads code: whoever finds it runs programs as the user of the broker.',
  source:
    "Kafka's documentation, Monitoring, Security Considerations for Remote Monitoring using JMX",
  noFix: 'What collects the metrics needs another way first.',
  *check({ landscape }) {
    for (const { environment, ports, name, runs } of landscape.workloads) {
      const port = environment.findLast(({ key }) => /^(KAFKA_)?JMX_PORT$/.test(key));
      const options = environment.filter(({ key }) => /^KAFKA_(JMX_)?OPTS$/.test(key));
      const number = port && 'known' in port.value ? Number(port.value.known) : undefined;
      const isAsked = options.some(
        ({ value }) => 'unknown' in value || value.known.includes('jmxremote.authenticate=true'),
      );
      const outside = ports.find(
        ({ container, published, host }) =>
          container === number && published !== undefined && !isLocal(host ?? ''),
      );
      if (outside && runs === 'broker' && !isAsked)
        yield {
          at: outside.at,
          says: `JMX of ${name} is published at ${outside.published}, without a password.`,
          next: 'Publish it at 127.0.0.1, or take the JMX exporter as a Java agent.',
          ...(port && { also: [{ at: port.valueAt, says: 'It is opened here.' }] }),
        };
    }
  },
};

import { ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

/** Kubernetes' own default, in seconds. */
const least = 30;
const path = /^spec\.(kafka\.)?template\.pod\.terminationGracePeriodSeconds$/;

export const noTimeToStop: Rule = {
  code: 'KK014',
  title: 'A broker that is killed while it stops',
  severity: 'warning',
  confidence: 'medium',
  story:
    'A node is drained, and the broker is killed before it gave its leaders away and closed its logs: clients wait for elections, and the next start reads every log again, for half an hour.',
  source: "Kafka's documentation, Graceful shutdown; PodTemplate.terminationGracePeriodSeconds",
  noFix: 'How long it takes, its partitions tell.',
  *check(known) {
    const owners = new Set(
      known.landscape.workloads
        .filter(({ runs }) => runs === 'broker')
        .map(({ at, name }) => `${at.file} ${name.split('/')[0]}`),
    );
    const resources = [
      ...ofStrimzi(known, 'Kafka', 'KafkaNodePool').map((one) => ({ one, path })),
      ...known.landscape.resources
        .filter(({ kind, at, name }) => kind === 'StatefulSet' && owners.has(`${at.file} ${name}`))
        .map((one) => ({ one, path: /^spec\.template\.spec\.terminationGracePeriodSeconds$/ })),
    ];
    for (const { one, path: own } of resources)
      for (const [field, { value, at }] of one.fields) {
        const seconds = own.test(field) && 'known' in value ? Number(value.known) : Number.NaN;
        if (seconds < least)
          yield {
            at,
            says: `terminationGracePeriodSeconds is ${seconds}.`,
            next: 'Leave it out (30), or give minutes to brokers with many partitions.',
          };
      }
  },
};

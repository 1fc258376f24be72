import { poolsOf, rolesOf, textIn } from '../../../landscape/node-pools.ts';
import { ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

export const oneController: Rule = {
  code: 'KK024',
  title: 'Several brokers, and one controller',
  severity: 'warning',
  confidence: 'high',
  production: true,
  across: true,
  story:
    'The node of the only controller is drained. Brokers go on with what they know, but no leader is elected, no topic created; and when its volume is lost, so is the whole cluster.',
  source: "Kafka's documentation, KRaft, Provisioning Nodes: 3 or 5 controllers",
  noFix: 'more controllers need more nodes',
  *check(known) {
    for (const kafka of ofStrimzi(known, 'Kafka')) {
      const pools = poolsOf(kafka, known.landscape) ?? [];
      const count = (role: string) =>
        pools
          .filter((pool) => rolesOf(pool).includes(role))
          .reduce((sum, pool) => sum + Number(textIn(pool, 'spec.replicas') ?? Number.NaN), 0);
      const place = pools
        .find((pool) => rolesOf(pool).includes('controller'))
        ?.fields.get('spec.replicas');
      if (place && count('controller') === 1 && count('broker') >= 3)
        yield {
          at: place.at,
          says: `${kafka.name} has ${count('broker')} brokers and one controller.`,
          next: 'Three controllers let one be away.',
        };
    }
  },
};

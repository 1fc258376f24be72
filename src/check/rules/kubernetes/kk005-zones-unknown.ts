import { poolsOf, rolesOf, textIn } from '../../../landscape/node-pools.ts';
import { lacks, ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

export const zonesUnknown: Rule = {
  code: 'KK005',
  title: 'Copies that may all be in one zone',
  severity: 'info',
  confidence: 'medium',
  production: 'named',
  across: true,
  guards: ['replication'],
  story:
    'A zone fails, and a third of the partitions have no leader: the scheduler spread the brokers, but the copies were placed without knowing where a broker stands.',
  source: "Strimzi's API reference, Rack (topologyKey); KIP-36",
  noFix: 'Which label the nodes have is not in the file.',
  *check(known) {
    for (const kafka of ofStrimzi(known, 'Kafka')) {
      const pools = (poolsOf(kafka, known.landscape) ?? []).filter((pool) =>
        rolesOf(pool).includes('broker'),
      );
      const counts = pools.map((pool) => Number(textIn(pool, 'spec.replicas') ?? Number.NaN));
      const count = counts.reduce((sum, one) => sum + one, 0);
      if (!(count >= 3) || !lacks(kafka, 'spec.kafka.rack')) continue;
      yield {
        at: kafka.at,
        says: `${kafka.name} has ${count} brokers, and no rack.`,
        next: 'Set spec.kafka.rack.topologyKey to topology.kubernetes.io/zone, if there are zones.',
      };
    }
  },
};

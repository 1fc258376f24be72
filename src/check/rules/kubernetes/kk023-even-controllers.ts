import { poolsOf, rolesOf, textIn } from '../../../landscape/node-pools.ts';
import { ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

export const evenControllers: Rule = {
  code: 'KK023',
  title: 'Node pools with an even number of controllers',
  severity: 'warning',
  confidence: 'high',
  across: true,
  story:
    'A majority of four is three: as many may fail as of three, and one more can. Of two, none may fail: when one node is drained, nothing can be changed in the cluster, and no leader be elected.',
  source: 'KafkaSpecChecker.checkKRaftControllerCount of Strimzi',
  noFix: 'how many there should be depends on the nodes there are',
  *check(known) {
    for (const kafka of ofStrimzi(known, 'Kafka')) {
      const pools = (poolsOf(kafka, known.landscape) ?? []).filter((pool) =>
        rolesOf(pool).includes('controller'),
      );
      const counts = pools.map((pool) => Number(textIn(pool, 'spec.replicas') ?? Number.NaN));
      const count = counts.reduce((sum, one) => sum + one, 0);
      const place = pools.find((_, index) => (counts[index] ?? 0) > 0)?.fields.get('spec.replicas');
      if (!place || !Number.isInteger(count) || count % 2 === 1) continue;
      yield {
        at: place.at,
        says: `${kafka.name} has ${count} controllers, of which ${count / 2 - 1} may be away.`,
        next: `Take ${count - 1} or ${count + 1}.`,
      };
    }
  },
};

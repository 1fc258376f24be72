import type { Rule } from '../../rule.ts';

export const brokersInDeployment: Rule = {
  code: 'KK009',
  title: 'Several brokers in a Deployment',
  severity: 'error',
  confidence: 'high',
  story:
    'All pods of a Deployment are the same: the same number, the same name, the same claim. The second broker never joins, or drives the first one out, and which one has the data is chance.',
  source: "Kubernetes' documentation, StatefulSets: stable names and storage",
  noFix: 'a StatefulSet needs claims and a headless service',
  *check({ landscape }) {
    for (const { runs, by, replicas, name } of landscape.workloads) {
      if (runs !== 'broker' || by !== 'Deployment' || !replicas) continue;
      const count = 'known' in replicas.value ? Number(replicas.value.known) : Number.NaN;
      if (count > 1)
        yield {
          at: replicas.at,
          says: `${name} has ${count} brokers with nothing to tell them apart.`,
          next: 'Take a StatefulSet with volumeClaimTemplates, or an operator.',
        };
    }
  },
};

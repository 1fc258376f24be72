import { clustersOf } from '../../clusters.ts';
import type { Rule } from '../../rule.ts';
import { numberOf } from '../../settings.ts';

export const topicCopiesWithoutBrokers: Rule = {
  code: 'KT005',
  title: 'A topic with more copies than there are brokers',
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'The resource is applied, and the topic never comes: the broker refuses it with INVALID_REPLICATION_FACTOR, which stands in the status that nobody reads.',
  source: 'ReplicationControlManager.createTopic (InvalidReplicationFactorException)',
  noFix: 'The number of brokers may be what is wrong.',
  *check(known) {
    const clusters = clustersOf(known);
    for (const { name, cluster, replicationFactor } of known.landscape.topics) {
      const value = replicationFactor?.value;
      const copies = numberOf(value && 'known' in value ? value.known : undefined);
      const owners = clusters.filter(({ nodes }) => nodes[0]?.cluster === cluster);
      const brokers = owners.length === 1 ? owners[0]?.brokers : undefined;
      if (cluster === undefined || !replicationFactor || copies === undefined) continue;
      if (!brokers || copies <= brokers) continue;
      yield {
        at: replicationFactor.at,
        says: `${'known' in name.value ? name.value.known : 'The topic'} wants ${copies} copies, and ${cluster} has ${brokers === 1 ? 'one broker' : `${brokers} brokers`}.`,
        next: `Take ${brokers}.`,
      };
    }
  },
};

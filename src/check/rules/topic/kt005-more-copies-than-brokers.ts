import { knownText } from '../../../landscape/facts/setting.ts';
import { optionOf } from '../../../landscape/options.ts';
import { clustersOf, countedBrokers } from '../../clusters.ts';
import { clusterOf } from '../../commands.ts';
import type { Found, Known, Rule } from '../../rule.ts';
import { numberOf } from '../../settings.ts';
import { called, copiesOf } from '../../topics.ts';

export const moreCopiesThanBrokers: Rule = {
  code: 'KT005',
  title: 'A topic with more copies than there are brokers',
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'Brokers refuse the topic with InvalidReplicationFactorException: in a script that runs once in the background, or in the status of a resource that nobody reads. The application waits for a topic that is not there.',
  source: 'ReplicationControlManager.createTopic (InvalidReplicationFactorException)',
  noFix: 'The number of brokers may be what is wrong.',
  *check(known) {
    yield* ofResources(known);
    for (const command of known.landscape.commands) {
      if (command.tool !== 'kafka-topics' || !optionOf(command, '--create')) continue;
      const factor = optionOf(command, '--replication-factor')?.value;
      const copies = numberOf(knownText(factor?.value));
      const cluster = copies === undefined ? undefined : clusterOf(known, command);
      const brokers = cluster?.brokers;
      if (!factor || copies === undefined || !brokers || copies <= brokers) continue;
      yield {
        at: factor.at,
        says: `--replication-factor is ${copies}, and there ${brokers === 1 ? 'is one broker' : `are ${brokers} brokers`}.`,
        next: `--replication-factor ${brokers}, or none: the brokers have a default.`,
        also: (cluster?.nodes ?? []).slice(0, 3).map(({ at }) => ({ at, says: 'a broker' })),
      };
    }
  },
};

/** Topics of an operator's, which name their cluster. */
function* ofResources(known: Known): Iterable<Found> {
  const clusters = clustersOf(known);
  for (const topic of known.landscape.topics) {
    const { cluster, replicationFactor } = topic;
    const copies = copiesOf(topic);
    const owners = clusters.filter(({ nodes }) => nodes[0]?.cluster === cluster);
    const brokers = owners.length === 1 ? owners[0]?.brokers : undefined;
    if (cluster === undefined || !replicationFactor || copies === undefined) continue;
    if (!brokers || copies <= brokers) continue;
    yield {
      at: replicationFactor.at,
      says: `${called(topic)} wants ${copies} copies, and ${cluster} has ${countedBrokers(brokers)}.`,
      next: `Take ${brokers}.`,
    };
  }
}

import { clustersOf, countedBrokers } from '../../clusters.ts';
import { areNear } from '../../commands.ts';
import { calledConnector } from '../../connect.ts';
import type { Rule } from '../../rule.ts';
import { effective, numberOf, ofKind, settingOf, textOf } from '../../settings.ts';

const [name, factor] = [
  'errors.deadletterqueue.topic.name',
  'errors.deadletterqueue.topic.replication.factor',
];

export const deadLettersOnOneBroker: Rule = {
  code: 'KN003',
  title: 'Dead letters with more copies than brokers',
  severity: 'error',
  confidence: 'medium',
  across: true,
  guards: ['dead-letters'],
  story:
    'The task fails at its start: "Could not initialize errant record reporter", since the topic for dead letters can not be made with three copies. The connector says RUNNING, and does nothing.',
  source: 'DeadLetterQueueReporter.createAndSetup; the default of the replication factor is 3',
  noFix: 'The number of brokers may be what is wrong.',
  *check(known) {
    for (const connector of ofKind(known, 'connect-sink')) {
      const topic = settingOf(connector, name);
      const copies = effective(known, connector, factor);
      const count = numberOf(copies?.text);
      if (!topic || !textOf(topic) || count === undefined) continue;
      const clusters = clustersOf(known).filter(({ nodes }) =>
        nodes.some(({ file }) => areNear(file, connector.file)),
      );
      const [cluster, ...more] = clusters;
      const brokers = cluster?.brokers;
      if (!brokers || more.length > 0 || brokers >= count) continue;
      // That it is there already, a script may tell.
      const isMade = known.landscape.topics.some(
        ({ name: { value } }) => 'known' in value && value.known === textOf(topic),
      );
      if (isMade) continue;
      yield {
        at: copies?.setting?.valueAt ?? topic.valueAt,
        says: `${factor} of ${calledConnector(connector)} is ${count}${copies?.by ? ` (${copies.by})` : ''}, of ${countedBrokers(brokers)}.`,
        next: `${factor}=${brokers}`,
        also: cluster.nodes.slice(0, 3).map(({ at }) => ({ at, says: 'a broker' })),
      };
    }
  },
};

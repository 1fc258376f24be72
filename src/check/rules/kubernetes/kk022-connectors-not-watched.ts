import { textIn } from '../../../landscape/node-pools.ts';
import { named, ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

const annotation = 'strimzi.io/use-connector-resources';

export const connectorsNotWatched: Rule = {
  code: 'KK022',
  title: 'Connectors as resources that nobody reads',
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'The connector is applied and does not run; with the REST interface open as it is, somebody starts it by hand, and from then on the file and what runs are two things.',
  source:
    "Strimzi's documentation, Deploying KafkaConnector resources; KafkaConnectAssemblyOperator",
  noFix: 'Files do not tell who else creates connectors there.',
  *check(known) {
    const said = new Set<unknown>();
    for (const connector of ofStrimzi(known, 'KafkaConnector')) {
      const connect = named('KafkaConnect', connector, known.landscape);
      if (!connect || connect.open || said.has(connect)) continue;
      const path = `metadata.annotations.${annotation}`;
      const value = textIn(connect, path);
      if (value === 'true' || (value === undefined && connect.fields.has(path))) continue;
      said.add(connect);
      yield {
        at: connect.fields.get(path)?.at ?? connect.at,
        says: `${connect.name} reads no KafkaConnector: it lacks the annotation ${annotation}.`,
        next: `Annotate it with ${annotation}: "true".`,
        also: [{ at: connector.at, says: `the connector ${connector.name}` }],
      };
    }
  },
};

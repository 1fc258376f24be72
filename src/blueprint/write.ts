import { Document, isMap, isPair, isScalar, isSeq, type Node, type Pair, visit } from 'yaml';
import type { Blueprint } from './schema.ts';

export const blueprintFile = 'krafter.yaml';
export const blueprintSchemaFile = 'krafter.schema.json';

/** Comments above keys, by path; what a person should know before changing the value. */
const comments = ({
  readme,
  deploy,
  security,
  monitoring,
}: Blueprint): Readonly<Record<string, string>> => ({
  tier: 'The answers. 1 dev, 2 production.',
  'cluster.id': 'Never change the id: brokers refuse data that was formatted with another one.',
  'cluster.brokers':
    'Adding brokers is safe; existing partitions stay where they are until reassigned.',
  'cluster.heap': "Java heap of each node. Leave the machine's other memory to the page cache.",
  'cluster.disk': `Size of each node's disk${
    deploy === 'compose' ? ", or its share of this machine's" : ''
  }.${monitoring === 'none' ? '' : " Alerts hold Kafka's data against it."}`,
  'cluster.externalPort':
    'Compose: where programs on this machine reach the first broker; the others follow.',
  'cluster.hosts': `One machine per broker.${
    security === 'none' ? '' : ' Certificates are made for these names.'
  }`,
  topics: `Partitions can grow, never shrink, and growing moves keys to other partitions.\npartitions = max(throughput / perPartition, consumers); see ${readme}.`,
  principals:
    security === 'none'
      ? 'Who may do what, once there is security. Without it everybody may do everything.'
      : 'Who may do what. Everything else is denied.',
  services: 'The two services of app/.',
});

/** `krafter.yaml` as a person reads it. */
export function blueprintText(blueprint: Blueprint): string {
  const document = new Document(brief(blueprint));
  const explained = comments(blueprint);
  document.commentBefore = [
    ` yaml-language-server: $schema=./${blueprintSchemaFile}`,
    '',
    ' What this platform is. Change it, then run `krafter synth`: it writes the files',
    ' again and keeps what you changed in them. `krafter up` runs them here,',
    ' `krafter verify` proves them.',
  ].join('\n');
  visit(document, {
    Pair(_, pair, path) {
      const key = keyOf(pair);
      const parents = path.filter(isPair).map(keyOf);
      const comment = explained[[...parents, key].join('.')];
      const inList = path.some(isSeq);
      if (!inList && isScalar(pair.key)) {
        if (comment)
          pair.key.commentBefore = comment
            .split('\n')
            .map((line) => ` ${line}`)
            .join('\n');
        if (parents.length === 0 && (comment || isMap(pair.value))) pair.key.spaceBefore = true;
      }
      if (isSeq(pair.value) && pair.value.items.every((item) => isScalar(item))) {
        pair.value.flow = true;
      }
    },
  });
  return document.toString({ lineWidth: 100, flowCollectionPadding: false });
}

const keyOf = (pair: Pair<unknown, unknown>): string =>
  String((pair.key as Node & { value: unknown }).value);

/** What is at its default and explains itself is left out: the writer drops what is undefined. */
const brief = (blueprint: Blueprint) => ({
  ...blueprint,
  readme: blueprint.readme === 'README.md' ? undefined : blueprint.readme,
  cluster: {
    ...blueprint.cluster,
    // Machines are reached by their own names.
    externalPort: blueprint.deploy === 'compose' ? blueprint.cluster.externalPort : undefined,
  },
  principals: blueprint.principals.map((principal) =>
    Object.fromEntries(
      Object.entries(principal).filter(([, value]) => !Array.isArray(value) || value.length > 0),
    ),
  ),
});

import type { Configuration, Located } from '../../../landscape/facts/configuration.ts';
import { aliasesOf } from '../../mirrors.ts';
import { itemsIn, ofStrimzi } from '../../resources.ts';
import type { Known, Rule } from '../../rule.ts';
import { itemsOf, ofKind, settingOf } from '../../settings.ts';

type Cluster = { readonly alias: string; readonly servers: Located };

export const sameClusterTwice: Rule = {
  code: 'KM003',
  title: 'Two aliases for one cluster',
  severity: 'error',
  confidence: 'high',
  story:
    'The cluster is mirrored to itself: each copy is a new topic, which is copied too, a.orders, a.a.orders, until it has more partitions than it can hold.',
  source: 'MirrorSourceConnector.isCycle knows aliases only; KAFKA-9914',
  noFix: 'where the other cluster is, the file does not tell',
  *check(known) {
    for (const clusters of setsOf(known)) {
      const first = new Map<string, Cluster>();
      for (const cluster of clusters) {
        const { value, at } = cluster.servers;
        if (!('known' in value)) continue;
        const key = itemsOf(value.known).sort().join(',');
        const other = first.get(key);
        if (key === '') continue;
        if (other && other.alias !== cluster.alias)
          yield {
            at,
            says: `${cluster.alias} is at ${value.known}, as ${other.alias} is.`,
            next: 'Two clusters, or none to be mirrored.',
            also: [{ at: other.servers.at, says: other.alias }],
          };
        else first.set(key, cluster);
      }
    }
  },
};

const setsOf = (known: Known): Cluster[][] => [
  ...ofKind(known, 'mirror-maker').map(inFile),
  ...ofStrimzi(known, 'KafkaMirrorMaker2').map((resource) => [
    ...clusterIn(resource.fields, 'spec.target.'),
    ...itemsIn(resource, 'spec.clusters').flatMap((item) => clusterIn(item, '')),
    ...itemsIn(resource, 'spec.mirrors').flatMap((item) => clusterIn(item, 'source.')),
  ]),
];

function clusterIn(fields: ReadonlyMap<string, Located>, path: string): Cluster[] {
  const [alias, servers] = [fields.get(`${path}alias`), fields.get(`${path}bootstrapServers`)];
  return alias && servers && 'known' in alias.value ? [{ alias: alias.value.known, servers }] : [];
}

const inFile = (file: Configuration): Cluster[] =>
  aliasesOf(file).flatMap((alias) => {
    const setting = settingOf(file, `${alias}.bootstrap.servers`);
    return setting ? [{ alias, servers: { value: setting.value, at: setting.valueAt } }] : [];
  });

import { type Admin, ConfigResourceTypes } from '@platformatic/kafka';
import { brokerProperties } from '../artifacts/broker/properties.ts';
import { type ClusterAccess, withAdmin } from '../cluster/connect.ts';
import type { NodePlacement } from '../model/placement.ts';
import type { Platform } from '../model/platform.ts';
import { type Drill, outcome } from './drill.ts';

/** The live brokers say about themselves what the project says about them. */
export const boot: Drill = {
  id: 'boot',
  title: 'Live brokers, topics and rights equal the project',
  notFor: () => undefined,
  async run({ platform, access, control }) {
    const [cluster] = platform.clusters;
    const settings = await brokerDifferences(access(), platform, control.placement);
    const topics = await topicDifferences(access(), platform);
    const rights = await rightDifferences(access(), platform);
    return outcome(
      {
        nodes: cluster.nodes.length,
        settingsCompared: settings.compared,
        settingsDifferent: settings.different.length,
        topicsCompared: cluster.topics.length,
        topicsDifferent: topics.length,
        rightsCompared: cluster.acls.length,
        rightsDifferent: rights.length,
      },
      [...settings.different, ...topics, ...rights],
    );
  },
};

/** Of the JVM and of config providers: Kafka reports only settings that it defines. */
const isUnreported = (key: string): boolean => key.startsWith('config.providers');

/** Setting by setting: the model's value against the one that the live node reports. */
async function brokerDifferences(
  access: ClusterAccess,
  platform: Platform,
  placement: readonly NodePlacement[],
): Promise<{ compared: number; different: string[] }> {
  const live = await withAdmin(access, (admin) =>
    admin.describeConfigs({
      resources: placement.map(({ node }) => ({
        resourceType: ConfigResourceTypes.BROKER,
        resourceName: String(node.id),
      })),
      includeSynonyms: false,
      includeDocumentation: false,
    }),
  );
  let compared = 0;
  const different = placement.flatMap((place) => {
    const { id, name } = place.node;
    const reported = live.find(({ resourceName }) => resourceName === String(id))?.configs ?? [];
    if (reported.length === 0) return [`${name} did not report its settings`];
    const values = new Map(reported.map((config) => [config.name, config]));
    return brokerProperties(platform, placement, place).flatMap(({ key, value: want }) => {
      const config = values.get(key);
      if (!config) return isUnreported(key) ? [] : [`${name} does not report ${key}`];
      // Secrets are never reported.
      if (config.isSensitive) return [];
      compared++;
      return config.value === want
        ? []
        : [`${name}: ${key} is ${config.value} but the project says ${want}`];
    });
  });
  return { compared, different };
}

async function topicDifferences(access: ClusterAccess, platform: Platform): Promise<string[]> {
  const { topics } = platform.clusters[0];
  return withAdmin(access, async (admin) => {
    const existing = new Set(await admin.listTopics());
    const missing = topics.filter(({ name }) => !existing.has(name));
    const present = topics.filter(({ name }) => existing.has(name));
    const metadata = await admin.metadata({
      topics: present.map(({ name }) => name),
      forceUpdate: true,
    });
    const live = await admin.describeConfigs({
      resources: present.map(({ name }) => ({
        resourceType: ConfigResourceTypes.TOPIC,
        resourceName: name,
      })),
    });
    return [
      ...missing.map(({ name }) => `topic ${name} is missing`),
      ...present.flatMap((topic) => {
        const partitions = metadata.topics.get(topic.name)?.partitions ?? [];
        const copies = partitions[0]?.replicas.length ?? 0;
        const configs = live.find(({ resourceName }) => resourceName === topic.name)?.configs ?? [];
        return [
          ...(partitions.length === topic.partitions
            ? []
            : [`topic ${topic.name} has ${partitions.length} partitions, not ${topic.partitions}`]),
          ...(copies === topic.replicationFactor
            ? []
            : [`topic ${topic.name} has ${copies} copies, not ${topic.replicationFactor}`]),
          ...Object.entries(topic.config).flatMap(([key, want]) => {
            const value = configs.find(({ name }) => name === key)?.value;
            return value === want ? [] : [`topic ${topic.name}: ${key} is ${value}, not ${want}`];
          }),
        ];
      }),
    ];
  });
}

// Of the wire protocol (AclOperation, ResourceType, AclPermissionType).
const any = 1;
const operations: Readonly<Record<number, string>> = {
  2: 'All',
  3: 'Read',
  4: 'Write',
  5: 'Create',
  6: 'Delete',
  7: 'Alter',
  8: 'Describe',
};
const types: Readonly<Record<number, string>> = {
  2: 'topic',
  3: 'group',
  4: 'cluster',
  5: 'transactional id',
};

async function rightDifferences(access: ClusterAccess, platform: Platform): Promise<string[]> {
  const { acls } = platform.clusters[0];
  if (platform.security === 'none') return [];
  const live = await withAdmin(access, (admin: Admin) =>
    admin.describeAcls({
      filter: {
        resourceType: any,
        resourceName: null,
        resourcePatternType: any,
        principal: null,
        host: null,
        operation: any,
        permissionType: any,
      } as Parameters<Admin['describeAcls']>[0]['filter'],
    }),
  );
  const granted = new Set(
    live.flatMap(({ resourceType, resourceName, acls: entries }) =>
      entries.map(
        ({ principal, operation }) =>
          `${principal.replace(/^User:/, '')} may ${operations[operation] ?? operation} ${types[resourceType] ?? resourceType} ${resourceName}`,
      ),
    ),
  );
  const wanted = new Set(
    acls.map(
      ({ principal, operation, resource }) =>
        `${principal} may ${operation} ${resource.type} ${resource.name}`,
    ),
  );
  return [
    ...[...wanted].filter((right) => !granted.has(right)).map((right) => `missing right: ${right}`),
    ...[...granted]
      .filter((right) => !wanted.has(right))
      .map((right) => `right that the project does not know: ${right}`),
  ];
}

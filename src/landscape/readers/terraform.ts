import type { KafkaRelease } from '../../catalog/kafka-keys/key.ts';
import { type HclBlock, type HclValue, hcl } from '../../files/formats/hcl.ts';
import type { ProjectFile } from '../../files/project-file.ts';
import type { Configuration, Located, Setting } from '../facts/configuration.ts';
import { type Facts, landscapeOf } from '../facts/index.ts';
import type { Acl, Topic } from '../facts/topic.ts';
import type { Resource } from '../facts/workload.ts';
import { propertiesIn } from './properties.ts';
import type { Reader } from './reader.ts';
import { valueIn } from './value.ts';

/** Topics, rights and MSK as Terraform has them: what is literal; what is computed is unknown. */
export const terraform: Reader = {
  files: /\.tf$/,
  mentions: /kafka|_msk_/,
  async read(file, _project, release) {
    const blocks = (await hcl(file)).filter(({ type }) => type === 'resource');
    return landscapeOf(await Promise.all(blocks.map((block) => factsOf(block, file, release))));
  },
};

async function factsOf(block: HclBlock, file: ProjectFile, release: KafkaRelease): Promise<Facts> {
  const [kind = ''] = block.labels;
  const topic = topicKinds[kind];
  const acl = aclKinds[kind];
  if (topic) return topicFacts(block, topic, kind, file);
  if (acl) return { acls: aclOf(block, acl) };
  if (kind === 'aws_msk_configuration')
    return { configurations: await serverProperties(block, file, release) };
  return kind === 'aws_msk_cluster' ? { resources: [resourceOf(block, kind)] } : {};
}

const locatedOf = ({ text, at }: HclValue): Located => ({
  value: text === undefined ? { unknown: 'it is computed' } : valueIn(text),
  at,
});

type TopicFields = { readonly name: string; readonly partitions: string; readonly copies?: string };

/** Of Mongey's (and its forks), Confluent's and Aiven's providers. */
const topicKinds: Readonly<Record<string, TopicFields>> = {
  kafka_topic: { name: 'name', partitions: 'partitions', copies: 'replication_factor' },
  confluent_kafka_topic: { name: 'topic_name', partitions: 'partitions_count' },
  aiven_kafka_topic: { name: 'topic_name', partitions: 'partitions', copies: 'replication' },
};

function topicFacts(
  { attributes, blocks, at }: HclBlock,
  fields: TopicFields,
  kind: string,
  file: ProjectFile,
): Facts {
  const name = attributes.get(fields.name);
  if (!name) return {};
  const [partitions, copies] = [
    attributes.get(fields.partitions),
    attributes.get(fields.copies ?? ''),
  ];
  const config = attributes.get('config');
  const settings = [
    ...(config?.entries ?? []).map(([key, value]) => settingOf(key, value)),
    // Aiven's provider has a block, and underscores for dots.
    ...blocks
      .filter(({ type }) => type === 'config')
      .flatMap((one) => [...one.attributes])
      .map(([key, value]) => settingOf(key.replaceAll('_', '.'), value, key)),
  ];
  const configuration: Configuration | undefined =
    settings.length > 0
      ? {
          kind: 'topic',
          file: file.path,
          at,
          settings,
          ...(name.text !== undefined && { name: name.text }),
        }
      : undefined;
  const topic: Topic = {
    name: locatedOf(name),
    at,
    by: kind,
    ...(partitions && { partitions: locatedOf(partitions) }),
    ...(copies && { replicationFactor: locatedOf(copies) }),
    ...(configuration && { configuration }),
  };
  return { topics: [topic], configurations: configuration ? [configuration] : [] };
}

const settingOf = (key: string, value: HclValue, written?: string): Setting => ({
  key,
  ...(written !== undefined && { written }),
  value: locatedOf(value).value,
  keyAt: value.keyAt,
  valueAt: value.at,
});

type AclFields = Readonly<
  Record<'principal' | 'host' | 'operation' | 'permission' | 'pattern', string>
>;

const aclKinds: Readonly<Record<string, AclFields>> = {
  kafka_acl: {
    principal: 'acl_principal',
    host: 'acl_host',
    operation: 'acl_operation',
    permission: 'acl_permission_type',
    pattern: 'resource_pattern_type_filter',
  },
  confluent_kafka_acl: {
    principal: 'principal',
    host: 'host',
    operation: 'operation',
    permission: 'permission',
    pattern: 'pattern_type',
  },
};

const resourceTypes: Readonly<Record<string, Acl['resource']>> = {
  topic: 'topic',
  group: 'group',
  cluster: 'cluster',
  transactionalid: 'transactional-id',
  delegationtoken: 'delegation-token',
};

function aclOf({ attributes, at }: HclBlock, fields: AclFields): Acl[] {
  const lower = (field: string) => attributes.get(field)?.text?.toLowerCase().replaceAll('_', '');
  const resource = resourceTypes[lower('resource_type') ?? ''];
  const [principal, name] = [attributes.get(fields.principal), attributes.get('resource_name')];
  const operation = lower(fields.operation);
  const [permission, host] = [lower(fields.permission), attributes.get(fields.host)];
  if (!resource || !principal || !name || !operation || !permission) return [];
  return [
    {
      at,
      principal: locatedOf(principal),
      permission: permission === 'deny' ? 'deny' : 'allow',
      operations: [operationNames.find((one) => one.toLowerCase() === operation) ?? operation],
      resource,
      name: locatedOf(name),
      pattern: lower(fields.pattern) === 'prefixed' ? 'prefixed' : 'literal',
      ...(host && { host: locatedOf(host) }),
    },
  ];
}

const operationNames = [
  ...['All', 'Read', 'Write', 'Create', 'Delete', 'Alter', 'Describe', 'ClusterAction'],
  ...['DescribeConfigs', 'AlterConfigs', 'IdempotentWrite'],
];

/** MSK has defaults of its own for all that is not there. */
async function serverProperties(
  { attributes, at, labels }: HclBlock,
  file: ProjectFile,
  release: KafkaRelease,
): Promise<Configuration[]> {
  const lines = attributes.get('server_properties')?.lines;
  if (!lines) return [];
  const { configuration } = await propertiesIn(file, release, lines, 'broker');
  const [, name = ''] = labels;
  return configuration ? [{ ...configuration, at, name, nodes: 'unknown', open: true }] : [];
}

function resourceOf(block: HclBlock, kind: string): Resource {
  const fields = new Map<string, Located>();
  const collect = ({ attributes, blocks }: HclBlock, path: string) => {
    for (const [key, value] of attributes) fields.set(`${path}${key}`, locatedOf(value));
    for (const one of blocks) collect(one, `${path}${one.type}.`);
  };
  collect(block, '');
  const { at, labels } = block;
  const hasDynamic = block.blocks.some(({ type }) => type === 'dynamic');
  return {
    kind,
    apiVersion: { value: { known: 'terraform' }, at },
    name: labels[1] ?? '',
    at,
    fields,
    ...(hasDynamic && { open: true as const }),
  };
}

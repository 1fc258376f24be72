import { createHash } from 'node:crypto';
import type { Blueprint } from '../blueprint/schema.ts';
import { bytesPerSecond, diskGigabytes, heapMegabytes, milliseconds } from '../blueprint/units.ts';
import type { Tier } from '../catalog/choices.ts';
import { listenerPorts, nodeName, superUsers } from '../catalog/own-parts.ts';
import { retentionHours } from '../catalog/settings/broker.ts';
import { useCases } from '../catalog/use-cases/index.ts';
import { capacity, type Load } from '../planner/capacity.ts';
import { startingPartitions } from '../planner/partitions.ts';
import {
  type Acl,
  type Application,
  type Cluster,
  type ConsumerService,
  type Listener,
  type Node,
  type Platform,
  type Principal,
  type ProducerService,
  replayGroup,
  replayUser,
  type Topic,
} from './platform.ts';

/** Makes every decision that a valid blueprint leaves open. */
export function buildPlatform(blueprint: Blueprint): Platform {
  return {
    name: blueprint.name,
    tier: blueprint.tier as Tier,
    useCase: useCases[blueprint.useCase],
    deployment: blueprint.deploy,
    security: blueprint.security,
    clusters: [buildCluster(blueprint)],
    application: buildApplication(blueprint),
    monitoring: blueprint.monitoring,
    readme: blueprint.readme,
  };
}

function buildCluster(blueprint: Blueprint): Cluster {
  const { brokers } = blueprint.cluster;
  const replicationFactor = Math.min(3, brokers);
  const minInsyncReplicas = Math.max(1, replicationFactor - 1);
  const nodes = buildNodes(blueprint);
  const principals = buildPrincipals(blueprint, nodes);
  return {
    name: blueprint.name,
    id: blueprint.cluster.id,
    nodes,
    listeners: buildListeners(blueprint),
    outsidePort: blueprint.cluster.externalPort,
    replicationFactor,
    minInsyncReplicas,
    defaultPartitions: partitionFloor(blueprint),
    topics: blueprint.topics.map((topic) =>
      buildTopic(topic, {
        replicationFactor,
        minInsyncReplicas,
        load: topicLoad(blueprint, topic, replicationFactor),
      }),
    ),
    principals,
    acls: deriveAcls(principals),
  };
}

const partitionFloor = (blueprint: Pick<Blueprint, 'tier'>): number =>
  blueprint.tier === 1 ? 1 : startingPartitions;

/** Three voters are enough for any cluster here: a quorum of five only adds latency. */
const controllerCount = (brokers: number): number => (brokers < 3 ? 1 : 3);

function buildNodes(blueprint: Blueprint): [Node, ...Node[]] {
  const { brokers, hosts, heap, disk, id } = blueprint.cluster;
  return Array.from({ length: brokers }, (_, index): Node => {
    const name = nodeName(index + 1);
    return {
      id: index + 1,
      name,
      roles: index < controllerCount(brokers) ? ['broker', 'controller'] : ['broker'],
      host:
        blueprint.deploy === 'bare-metal'
          ? (hosts?.[index] ?? `${name}.${blueprint.name}.internal`)
          : name,
      directoryId: directoryId(id, index + 1),
      heapMegabytes: heapMegabytes(heap),
      diskGigabytes: diskGigabytes(disk),
    };
  }) as [Node, ...Node[]];
}

/** A Kafka Uuid that follows from the cluster's id, so that it need not be stored; none starts with a dash. */
function directoryId(clusterId: string, nodeId: number): string {
  for (let attempt = 0; ; attempt++) {
    const hash = createHash('sha256').update(`${clusterId}/${nodeId}/${attempt}`).digest();
    const id = hash.subarray(0, 16).toString('base64url');
    if (!id.startsWith('-')) return id;
  }
}

function buildListeners(blueprint: Blueprint): Listener[] {
  const secured = blueprint.security !== 'none';
  const sasl: Listener['security'] = secured
    ? { kind: 'sasl-ssl', mechanism: 'SCRAM-SHA-512' }
    : { kind: 'plaintext' };
  const controller: Listener['security'] = secured ? { kind: 'mtls' } : { kind: 'plaintext' };
  const listeners: Listener[] = [
    listener('CONTROLLER', 'controllers', controller),
    listener('BROKER', 'brokers', sasl),
    listener('CLIENT', 'clients', sasl),
  ];
  if (blueprint.deploy === 'compose') {
    listeners.push(listener('EXTERNAL', 'outside', sasl));
  }
  return listeners;
}

const listener = (
  name: Listener['name'],
  purpose: Listener['purpose'],
  security: Listener['security'],
): Listener => ({ name, purpose, port: listenerPorts[name], security });

type BlueprintTopic = Blueprint['topics'][number];
type TopicDecisions = {
  readonly replicationFactor: number;
  readonly minInsyncReplicas: number;
  readonly load: Load | undefined;
};

/** krafter.yaml has the peak, from which partitions are counted; disks hold the average. */
function topicLoad(
  blueprint: Blueprint,
  { name, load, cleanup, retention }: BlueprintTopic,
  replication: number,
): Load | undefined {
  if (!load) return undefined;
  const { peakFactor, consumers } = load;
  return {
    throughput: bytesPerSecond(load.throughput) / peakFactor,
    peakFactor,
    perPartition: bytesPerSecond(load.perPartition),
    consumers,
    groups: Math.max(1, groupsOf(blueprint, name).size),
    retentionMs:
      cleanup === 'compact' ? undefined : milliseconds(retention ?? `${retentionHours}h`),
    replication,
    growth: 0,
    floor: partitionFloor(blueprint),
  };
}

/** Groups that read a topic. */
const groupsOf = ({ principals, services }: Blueprint, topic: string): ReadonlySet<string> =>
  new Set([
    ...principals.flatMap(({ consume, groups }) => (consume.includes(topic) ? groups : [])),
    ...services.flatMap((service) =>
      service.role === 'consumer' && service.topic === topic ? [service.group] : [],
    ),
  ]);

function buildTopic(topic: BlueprintTopic, decisions: TopicDecisions): Topic {
  const { replicationFactor, minInsyncReplicas, load } = decisions;
  return {
    name: topic.name,
    partitions: topic.partitions,
    partitionReason: partitionReason(topic, load),
    replicationFactor,
    config: {
      'min.insync.replicas': String(minInsyncReplicas),
      'cleanup.policy': topic.cleanup,
      ...(topic.retention ? { 'retention.ms': String(milliseconds(topic.retention)) } : {}),
    },
    key: topic.key ?? 'none',
    keyReason: topic.keyReason ?? 'records are independent of each other',
    contents: topic.contents ?? '',
    ...(topic.deadLettersOf ? { deadLettersOf: topic.deadLettersOf } : {}),
    ...(load ? { load } : {}),
  };
}

function partitionReason(topic: BlueprintTopic, load: Load | undefined): string {
  if (topic.deadLettersOf) {
    return `${topic.partitions}, since dead letters are few`;
  }
  if (!load) return `${topic.partitions}, as krafter.yaml says`;
  const { partitions, reason } = capacity(load).partitions;
  return partitions === topic.partitions
    ? reason
    : `${topic.partitions}, as krafter.yaml says; its load would ask for ${reason}`;
}

function buildPrincipals(blueprint: Blueprint, nodes: readonly Node[]): Principal[] {
  if (blueprint.security === 'none') return [];
  const own: Principal[] = [
    { kind: 'super', name: superUsers.administrator, authentication: 'scram' },
    { kind: 'super', name: superUsers.brokers, authentication: 'scram' },
    ...nodes.map(({ name }): Principal => ({ kind: 'super', name, authentication: 'certificate' })),
  ];
  const applications = blueprint.principals.map(
    (principal): Principal => ({ kind: 'application', authentication: 'scram', ...principal }),
  );
  return [...own, ...applications, ...replayPrincipals(blueprint)];
}

/** Whoever sends dead letters to their topic again: not the consumer, which never writes there. */
const replayPrincipals = ({ services }: Blueprint): Principal[] =>
  services.flatMap((service): Principal[] =>
    service.role === 'consumer'
      ? [
          {
            kind: 'application',
            authentication: 'scram',
            name: replayUser(service),
            produce: [service.topic],
            consume: [service.deadLetters],
            groups: [replayGroup(service)],
          },
        ]
      : [],
  );

/** Read and Write imply Describe (AclAuthorizer's rule), so each right is one ACL. */
function deriveAcls(principals: readonly Principal[]): Acl[] {
  return principals.flatMap((principal) => {
    if (principal.kind === 'super') return [];
    const acl =
      (operation: Acl['operation'], type: 'topic' | 'group') =>
      (name: string): Acl => ({
        principal: principal.name,
        operation,
        resource: { type, name },
      });
    return [
      ...principal.produce.map(acl('Write', 'topic')),
      ...principal.consume.map(acl('Read', 'topic')),
      ...principal.groups.map(acl('Read', 'group')),
    ];
  });
}

function buildApplication(blueprint: Blueprint): Application {
  const producer = blueprint.services.find((service) => service.role === 'producer');
  const consumer = blueprint.services.find((service) => service.role === 'consumer');
  if (!producer || !consumer) throw new Error('a blueprint has one producer and one consumer');
  const producerService: ProducerService = producer;
  const { deadLetters, ...rest } = consumer;
  const consumerService: ConsumerService = { ...rest, deadLetterTopic: deadLetters };
  return {
    language: blueprint.language,
    client: blueprint.client,
    services: [producerService, consumerService],
  };
}

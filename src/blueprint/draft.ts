import { randomBytes } from 'node:crypto';
import type {
  ClientId,
  Deployment,
  Language,
  Monitoring,
  Registry,
  Security,
  Tier,
  UseCaseId,
} from '../catalog/choices.ts';
import { useCases } from '../catalog/use-cases/index.ts';
import {
  defaultPerPartition,
  partitionCount,
  rateText,
  startingPartitions,
} from '../planner/partitions.ts';
import { blueprintVersion } from './format.ts';
import type { Blueprint } from './schema.ts';

/** Every answer, given or left at its default. */
export type Answers = {
  readonly name: string;
  readonly tier: Tier;
  readonly useCase: UseCaseId;
  readonly language: Language;
  readonly client: ClientId;
  readonly deploy: Deployment;
  readonly security: Security;
  readonly monitoring: Monitoring;
  readonly registry: Registry;
};

const oneWord = (text: string) => text.replaceAll(' ', '');

/** The blueprint that answers stand for; the cluster's id is new each time. */
export function draftBlueprint(answers: Answers): Blueprint {
  const useCase = useCases[answers.useCase];
  const { topic, producer, consumer } = useCase;
  const deadLetters = `${topic.name}.dlq`;
  const group = `${answers.name}.${consumer.name}`;
  const production = answers.tier > 1;
  const load = topicLoad(answers);
  const { partitions } = partitionCount({
    ...load,
    floor: production ? startingPartitions : 1,
  });
  return {
    version: blueprintVersion,
    ...answers,
    readme: 'README.md',
    cluster: {
      id: newClusterId(),
      brokers: production ? 3 : 1,
      heap: production ? '1g' : '512m',
      disk: production ? '100g' : '10g',
      externalPort: 29_092,
      ...(answers.deploy === 'bare-metal'
        ? { hosts: machineNames(answers.name, production ? 3 : 1) }
        : {}),
    },
    topics: [
      {
        name: topic.name,
        contents: topic.contents,
        key: topic.key,
        keyReason: topic.keyReason,
        partitions,
        cleanup: topic.cleanupPolicy,
        ...(topic.retentionDays ? { retention: `${topic.retentionDays}d` } : {}),
        load: {
          throughput: oneWord(rateText(load.throughput)),
          peakFactor: load.peakFactor,
          perPartition: oneWord(rateText(load.perPartition)),
          consumers: load.consumers,
        },
      },
      {
        name: deadLetters,
        contents: `records of ${topic.name} that could not be handled, with the cause in headers`,
        key: topic.key,
        keyReason: 'a dead letter keeps the key that it had',
        partitions: production ? 3 : 1,
        cleanup: 'delete',
        retention: '30d',
        deadLettersOf: topic.name,
      },
    ],
    principals: [
      { name: producer.name, produce: [topic.name], consume: [], groups: [] },
      { name: consumer.name, produce: [deadLetters], consume: [topic.name], groups: [group] },
    ],
    services: [
      { name: producer.name, role: 'producer', topic: topic.name, port: 8080 },
      {
        name: consumer.name,
        role: 'consumer',
        topic: topic.name,
        port: 8081,
        group,
        deadLetters,
      },
    ],
  };
}

function topicLoad({ useCase, tier }: Answers) {
  const { eventsPerSecond, bytesPerEvent, peakFactor, consumers } = useCases[useCase].load;
  // A laptop sees a hundredth of it, and one consumer.
  const scale = tier === 1 ? 0.01 : 1;
  return {
    throughput: eventsPerSecond * bytesPerEvent * peakFactor * scale,
    peakFactor,
    perPartition: defaultPerPartition,
    consumers: tier === 1 ? 1 : consumers,
  };
}

const machineNames = (name: string, brokers: number): string[] =>
  Array.from({ length: brokers }, (_, index) => `kafka-${index + 1}.${name}.internal`);

/** A random Kafka Uuid in base64url that does not start with a dash (it is passed as an argument). */
function newClusterId(): string {
  for (;;) {
    const id = randomBytes(16).toString('base64url');
    if (!id.startsWith('-')) return id;
  }
}

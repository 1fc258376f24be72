import type { Platform, Topic } from '../../../model/platform.ts';
import {
  bullets,
  code,
  fence,
  markdownTable,
  paragraph,
  plain,
  type Section,
} from '../../markdown.ts';
import { eventSchema } from '../../topics/index.ts';

export const topics = (platform: Platform): Section => {
  const [cluster] = platform.clusters;
  return {
    heading: 'Topics',
    blocks: [
      markdownTable(
        ['topic', 'key', 'partitions', 'copies', 'kept'],
        cluster.topics.map((topic) => [
          code(topic.name),
          topic.key === 'none' ? 'none' : code(topic.key),
          String(topic.partitions),
          String(topic.replicationFactor),
          kept(topic),
        ]),
      ),
      paragraph(
        'Records with the same key are in the same partition, and in order. There are as many consumers at work as there are partitions, at most:',
      ),
      fence(
        'text',
        `partitions = max(throughput at peak / throughput of one partition, consumers, ${cluster.defaultPartitions} to start with)`,
      ),
      bullets(cluster.topics.map(described)),
      paragraph(
        `What an event is, field by field, says [${eventSchema(platform)}](${eventSchema(platform)}) (JSON Schema): the services accept what it allows and refuse the rest.`,
      ),
      paragraph(
        `What one partition carries is a careful guess until you measure it (\`kafka-producer-perf-test.sh\` with [clients/producer.properties](clients/producer.properties)); the loads are under \`topics\` in [krafter.yaml](krafter.yaml), and \`krafter plan\` reckons with them and with others. Topics are made by [topics/apply.sh](topics/apply.sh) only: a misspelt name is an error and no new topic.`,
      ),
    ],
  };
};

const described = (topic: Topic): string =>
  [
    `${code(topic.name)}: ${plain(topic.contents) || 'not described yet'}.`,
    topic.key === 'none'
      ? `No key: ${plain(topic.keyReason)}.`
      : `Key ${code(topic.key)}: ${plain(topic.keyReason)}.`,
    `Partitions: ${plain(topic.partitionReason)}.`,
  ].join(' ');

function kept({ config }: Topic): string {
  if (config['cleanup.policy'] === 'compact') return 'the newest of each key';
  const retention = config['retention.ms'];
  return retention === undefined ? 'as long as the brokers say' : age(Number(retention));
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** `7 days`, `36 hours`: in the largest unit that leaves nothing over. */
function age(ms: number): string {
  const [unit, length] = units.find(([, size]) => ms % size === 0) ?? ['minute', 60_000];
  const count = ms / length;
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

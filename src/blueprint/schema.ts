import { z } from 'zod';
import {
  clientIds,
  deployments,
  languages,
  monitorings,
  registries,
  securities,
  useCaseIds,
} from '../catalog/choices.ts';
import { blueprintVersion, namePattern } from './format.ts';
import { diskPattern, durationPattern, heapPattern, ratePattern } from './units.ts';

/** Kafka's legal characters (Topic.LEGAL_CHARS), without the names "." and "..". */
const topicPattern = /^(?!\.{1,2}$)[a-zA-Z0-9._-]{1,249}$/;

const name = z.string().regex(namePattern, {
  error: 'must be of lower-case letters, digits and dashes, from a letter on, 40 at most',
});
const topicName = z.string().regex(topicPattern, {
  error: 'must be of letters, digits, ".", "_" and "-", 249 at most',
});
/** Kafka takes any text; its tools and topics/topics.conf take a word. */
const groupName = z.string().regex(/^[a-zA-Z0-9._-]{1,249}$/, {
  error: 'must be of letters, digits, ".", "_" and "-", 249 at most',
});
/** For people: it becomes part of a comment, which ends with its line. */
const text = z
  .string()
  .max(300)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, { error: 'must be one line of text' });
const port = z.int().min(1024).max(65_000);
/** Without its unit YAML reads it as a number, which is told in the same words. */
const quantity = (pattern: RegExp, error: string) => z.string({ error }).regex(pattern, { error });
const duration = quantity(durationPattern, 'must be a number with m, h or d, such as 7d');
const rate = quantity(ratePattern, 'must be a rate above zero, such as 18MB/s');

const topic = z.strictObject({
  name: topicName,
  partitions: z
    .int()
    .min(1)
    .max(4000)
    .describe('Can grow later, never shrink; growing moves keys to other partitions.'),
  key: text
    .min(1)
    .describe('The field that is the record key: one key, one partition, in order.')
    .optional(),
  keyReason: text.describe('Why this key: what must stay in order.').optional(),
  contents: text.describe('What is in it, for people.').optional(),
  retention: duration
    .describe('How long records are kept, e.g. 7d. Not for compacted topics.')
    .optional(),
  cleanup: z
    .enum(['delete', 'compact'])
    .default('delete')
    .describe('delete: by age; compact: the newest record of each key stays.'),
  deadLettersOf: topicName.describe('The topic whose unusable records come here.').optional(),
  load: z
    .strictObject({
      throughput: rate.describe('At peak.'),
      peakFactor: z
        .number()
        .min(1)
        .max(1000)
        .default(1)
        .describe('How many times the average the peak is; disks hold the average.'),
      perPartition: rate.describe('What one partition carries, measured or assumed.'),
      consumers: z.int().min(1).describe('Instances that read at the same time.'),
    })
    .describe('The numbers behind the partition count.')
    .optional(),
});

const principal = z.strictObject({
  name,
  produce: z.array(topicName).default([]).describe('Topics it may write.'),
  consume: z.array(topicName).default([]).describe('Topics it may read.'),
  groups: z.array(groupName).default([]).describe('Consumer groups it may join.'),
});

const service = z.discriminatedUnion('role', [
  z.strictObject({ name, role: z.literal('producer'), topic: topicName, port }),
  z.strictObject({
    name,
    role: z.literal('consumer'),
    topic: topicName,
    port,
    group: groupName,
    deadLetters: topicName,
  }),
]);

export const blueprintSchema = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(blueprintVersion).describe('Of this file format.'),
    name: name.describe('Names the Compose project, the certificates and the consumer groups.'),
    tier: z.int().min(1).max(4).describe('1 dev, 2 production, 3 microservices, 4 enterprise.'),
    useCase: z.enum(useCaseIds),
    language: z.enum(languages),
    client: z.enum(clientIds),
    deploy: z.enum(deployments),
    security: z.enum(securities),
    monitoring: z.enum(monitorings),
    registry: z.enum(registries).default('none'),
    readme: z
      .enum(['README.md', 'KAFKA.md'])
      .default('README.md')
      .describe('KAFKA.md where the folder had a README.md of its own.'),
    cluster: z.strictObject({
      id: z
        .string()
        .regex(/^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/, {
          error: 'must be 22 characters of base64url (a Kafka Uuid)',
        })
        .describe('Never change it: brokers refuse data that was formatted with another id.'),
      brokers: z.int().min(1).max(30),
      heap: quantity(heapPattern, 'must be a number with m or g, such as 1g').describe(
        "Each node's Java heap; leave the rest of the memory to the page cache.",
      ),
      disk: quantity(diskPattern, 'must be a number with g or t, such as 500g')
        .default('100g')
        .describe("Size of each node's disk; alerts hold Kafka's data against it."),
      externalPort: port
        .default(29_092)
        .describe(
          'Compose: where the first broker is reached from this machine; the others follow.',
        ),
      hosts: z
        .array(
          z.string().regex(/^[a-zA-Z0-9]([a-zA-Z0-9.-]{0,251}[a-zA-Z0-9])?$/, {
            error: 'must be a host name',
          }),
        )
        .describe('One machine per broker (bare metal only).')
        .optional(),
    }),
    topics: z.array(topic).min(1),
    principals: z.array(principal).default([]),
    services: z.array(service).length(2).describe('The producer and the consumer.'),
  })
  .describe('krafter.yaml: what a Kafka platform is. `krafter synth` writes its files from it.');

export type Blueprint = z.infer<typeof blueprintSchema>;

import { departureOf } from '../../../catalog/kafka-keys/changes.ts';
import type { Kind } from '../../../catalog/kafka-keys/key.ts';
import { isOwnedByStrimzi } from '../../../catalog/strimzi.ts';
import type { Resource } from '../../../landscape/facts/workload.ts';
import { textIn } from '../../../landscape/node-pools.ts';
import { ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

type Holder = { readonly path: string; readonly kind: Kind; readonly instead: string };

const holders: Readonly<Record<string, readonly Holder[]>> = {
  Kafka: [
    {
      path: 'spec.kafka.config.',
      kind: 'broker',
      instead: 'fields of spec.kafka and its listeners',
    },
  ],
  KafkaConnect: [{ path: 'spec.config.', kind: 'connect-distributed', instead: 'fields of spec' }],
  KafkaConnector: [
    { path: 'spec.config.', kind: 'connect-source', instead: 'the fields class and tasksMax' },
  ],
  KafkaBridge: [
    { path: 'spec.producer.config.', kind: 'producer', instead: 'fields of spec' },
    { path: 'spec.consumer.config.', kind: 'consumer', instead: 'fields of spec' },
  ],
};

/** Before v1 these were set in `config`, the quotas until 0.42. */
const wereKeys =
  /^(group\.id|(config|offset|status)\.storage\.topic|(client\.quota\.callback\.static|prometheus\.metrics\.reporter)\..*)$/;

export const droppedKey: Rule = {
  code: 'KK020',
  title: 'A key that Strimzi leaves out',
  severity: 'error',
  confidence: 'high',
  story:
    'The file says so, the cluster does not: the operator takes the key for its own, and notes in its log that it "is forbidden and will be ignored". What was to be secured, or limited, is not.',
  source: "Strimzi's KafkaClusterSpec and KafkaConnectSpec, FORBIDDEN_PREFIXES",
  noFix: 'what belongs there instead is a field, or another resource',
  *check(known) {
    for (const resource of ofStrimzi(known, ...Object.keys(holders))) {
      const isFirst = textIn(resource, 'apiVersion')?.endsWith('/v1');
      for (const { path, kind, instead } of holders[resource.kind] ?? [])
        for (const [field, { at }] of resource.fields) {
          const key = field.startsWith(path) ? field.slice(path.length) : '';
          if (!isOwnedByStrimzi(kind, key) || departureOf(kind, key)) continue;
          if (!isFirst && wereKeys.test(key)) continue;
          if (saysTheSame(resource, key, field)) continue;
          yield {
            at,
            says: `Strimzi ignores ${key} here: it sets it by itself, or not at all.`,
            next: `Say it by ${instead}, or remove the line.`,
          };
        }
    }
  },
};

const fieldsOfConnector: Readonly<Record<string, string>> = {
  'tasks.max': 'spec.tasksMax',
  'connector.class': 'spec.class',
  name: 'metadata.name',
};

/** What a connector's own field says too does no harm. */
const saysTheSame = (resource: Resource, key: string, field: string): boolean =>
  resource.kind === 'KafkaConnector' &&
  textIn(resource, field) === textIn(resource, fieldsOfConnector[key] ?? '');

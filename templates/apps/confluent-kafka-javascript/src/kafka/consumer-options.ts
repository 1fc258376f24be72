import type { ConsumerGlobalConfig } from '@confluentinc/kafka-javascript';
import type { GroupSettings } from '../service/settings.ts';

export function consumerConfig(group: GroupSettings): ConsumerGlobalConfig {
  return {
    'group.id': group.id,
    'isolation.level': 'read_committed',
    // Offsets follow effects: a commit on a timer could run ahead of the store.
    'enable.auto.commit': false,
    'enable.auto.offset.store': false,
    // Java checks it by default, librdkafka doesn't.
    'check.crcs': true,
    // A few batches ahead, within 16 MiB; the default is 100,000 records or 64 MiB.
    'queued.min.messages': 1000,
    'queued.max.messages.kbytes': 16_384,
    // Of each answer, which may come on top.
    'fetch.max.bytes': 4 * 1024 * 1024,
    // A missing right is an answer to a fetch, and so is the end of a partition, for the replay.
    'enable.partition.eof': true,
    ...protocolConfig(group),
  };
}

function protocolConfig({ protocol, instanceId }: GroupSettings): ConsumerGlobalConfig {
  const instance: ConsumerGlobalConfig =
    instanceId === undefined ? {} : { 'group.instance.id': instanceId };
  return protocol === 'consumer'
    ? // KIP-848: the broker assigns, and has the say about the session.
      { ...instance, 'group.protocol': 'consumer' }
    : {
        ...instance,
        // Members keep their partitions in a rebalance, except those that move.
        'partition.assignment.strategy': 'cooperative-sticky',
        'session.timeout.ms': 45_000,
      };
}

/** A new group starts with what is there; the default would skip it. */
export const topicConfig = { 'auto.offset.reset': 'earliest' } as const;

import kafkajs, { type ConsumerConfig } from 'kafkajs';
import type { GroupSettings } from '../service/settings.ts';

export const HEARTBEAT_MS = 3000;
export const SESSION_TIMEOUT_MS = 45_000;

/** Partitions whose records are handled together; more wait for their turn. */
export const CONCURRENT_PARTITIONS = 64;

export function consumerOptions({ id }: GroupSettings): ConsumerConfig {
  return {
    groupId: id,
    // The only assignor there is: a rebalance takes all partitions from all members (eager).
    partitionAssigners: [kafkajs.PartitionAssigners.roundRobin],
    sessionTimeout: SESSION_TIMEOUT_MS,
    rebalanceTimeout: 60_000,
    heartbeatInterval: HEARTBEAT_MS,
    readUncommitted: false,
    allowAutoTopicCreation: false,
    // Memory: one answer per broker, which has to be handled before the next is asked for.
    maxBytes: 2 * 1024 * 1024,
    maxBytesPerPartition: 256 * 1024,
    maxWaitTimeInMs: 500,
    // A membership that is lost is replaced by the application, which tells it.
    retry: { retries: 5, restartOnFailure: () => Promise.resolve(false) },
  };
}

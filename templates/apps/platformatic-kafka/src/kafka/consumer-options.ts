import {
  FetchIsolationLevels,
  GroupProtocols,
  MessagesStreamFallbackModes,
  MessagesStreamModes,
  type ConsumerOptions,
  type GroupProtocolsMetadataCallback,
} from '@platformatic/kafka';
import type { GroupSettings } from '../service/settings.ts';

export const HEARTBEAT_MS = 3000;

type Options = ConsumerOptions<Buffer, Buffer, Buffer, Buffer>;
type GroupOptions<All = Options> = All extends Options
  ? Omit<All, 'clientId' | 'bootstrapBrokers'>
  : never;

const everyGroup = {
  rebalanceTimeout: 60_000,
  // As long as in Java. A shorter one would make fetches ask for metadata during a rebalance, where
  // they wait behind JoinGroup on the same connection.
  metadataMaxAge: 300_000,
  // Keeps the membership through about five minutes without brokers. A new member would have to
  // wait for the session of the old one to time out.
  retries: 300,
};

export function groupOptions(
  { id, protocol, instanceId }: GroupSettings,
  beforeJoin: GroupProtocolsMetadataCallback,
): GroupOptions {
  const group = { ...everyGroup, groupId: id, ...(instanceId && { groupInstanceId: instanceId }) };
  switch (protocol) {
    case 'classic':
      return {
        ...group,
        groupProtocol: GroupProtocols.CLASSIC,
        // A rebalance takes from a member only the partitions it loses; the others are read on.
        protocols: [{ name: 'cooperative-sticky', version: 3 }],
        protocolsMetadata: beforeJoin,
        sessionTimeout: 45_000,
        heartbeatInterval: HEARTBEAT_MS,
      };
    case 'consumer':
      // KIP-848: assignor, session timeout and heartbeat interval are the broker's.
      return { ...group, groupProtocol: GroupProtocols.CONSUMER };
  }
}

export const streamOptions = {
  mode: MessagesStreamModes.COMMITTED,
  fallbackMode: MessagesStreamFallbackModes.EARLIEST,
  isolationLevel: FetchIsolationLevels.READ_COMMITTED,
  autocommit: false,
  // Memory: at most one fetch per broker beyond highWaterMark records, of a mebibyte at most, and
  // small events make tens of thousands of objects out of a compressed one. The stream fetches no
  // more while it is not read, and the heartbeats go on.
  highWaterMark: 32,
  maxBytes: 2 * 1024 * 1024,
  maxBytesPerPartition: 256 * 1024,
  maxWaitTime: 500,
};

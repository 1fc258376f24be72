import {
  FetchIsolationLevels,
  GroupProtocols,
  MessagesStreamFallbackModes,
  MessagesStreamModes,
} from '@platformatic/kafka';

export const HEARTBEAT_MS = 3000;

export const groupOptions = {
  groupProtocol: GroupProtocols.CLASSIC,
  // A rebalance takes from a member only the partitions it loses; the others are read on.
  protocols: [{ name: 'cooperative-sticky', version: 3 }],
  sessionTimeout: 45_000,
  rebalanceTimeout: 60_000,
  heartbeatInterval: HEARTBEAT_MS,
  // As long as in Java. A shorter one would make fetches ask for metadata during a rebalance, where
  // they wait behind JoinGroup on the same connection.
  metadataMaxAge: 300_000,
  // Keeps the membership through about five minutes without brokers. A new member would have to
  // wait for the session of the old one to time out.
  retries: 300,
};

export const streamOptions = {
  mode: MessagesStreamModes.COMMITTED,
  fallbackMode: MessagesStreamFallbackModes.EARLIEST,
  isolationLevel: FetchIsolationLevels.READ_COMMITTED,
  autocommit: false,
  // Memory: at most one fetch per broker beyond highWaterMark records, and small events make tens
  // of thousands of objects out of a compressed megabyte. The stream fetches no more
  // while it is not read, and the heartbeats go on.
  highWaterMark: 1000,
  maxBytes: 2 * 1024 * 1024,
  maxBytesPerPartition: 256 * 1024,
  maxWaitTime: 500,
};

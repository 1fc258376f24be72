/** Of Kafka's bin/, of the releases in use. */
const kafkaTools = [
  'acls broker-api-versions client-metrics cluster configs console-consumer console-producer',
  'console-share-consumer consumer-groups consumer-perf-test delegation-tokens delete-records',
  'dump-log e2e-latency features get-offsets groups jmx leader-election log-dirs',
  'metadata-quorum metadata-shell mirror-maker preferred-replica-election producer-perf-test',
  'reassign-partitions replica-verification share-consumer-perf-test share-groups storage',
  'streams-application-reset streams-groups topics transactions verifiable-consumer',
  'verifiable-producer',
].flatMap((line) => line.split(' ').map((name) => `kafka-${name}`));

const others = ['distributed', 'standalone', 'mirror-maker', 'plugin-path'].map(
  (name) => `connect-${name}`,
);

const tools = new Set([...kafkaTools, ...others, 'zookeeper-shell', 'zookeeper-server-start']);

/** One of Kafka's, or what talks to the REST interface of Connect. */
export const isTool = (name: string): boolean => tools.has(name) || name === 'curl';

/** A text that calls one of them, or posts a connector. */
export const mentionsTools = new RegExp(String.raw`\b(${[...tools].join('|')})\b|connector\.class`);

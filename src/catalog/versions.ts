/**
 * Every version, image and compatibility fact, once. `seen` is the day on which
 * somebody looked that this is the newest stable release with all its artifacts.
 */
export const versions = {
  kafka: { version: '4.3.1', image: 'apache/kafka:4.3.1', seen: '2026-11-24' },
  /** 4.4.0 has brokers and clients published, but not yet kafka-tools, Connect and Streams. */
  scala: { version: '2.13', seen: '2026-11-24' },
  log4j: { version: '2.25.1', seen: '2026-11-24' },
  jackson: { version: '2.21.2', seen: '2026-11-24' },
  /** The newest on Maven Central; later ones are published as GitHub releases only. */
  jmxExporter: {
    version: '1.0.1',
    sha256: '7d61f737fd661610ccc14aea79764faa1ea94a340cbc8f0029b3d2edea3d80c1',
    seen: '2026-11-24',
  },
  maven: { version: '3.9.16', image: 'maven:3.9.16-eclipse-temurin-21-alpine', seen: '2026-11-24' },
  /** The newest images that could be confirmed. */
  prometheus: { version: '3.14.0', image: 'prom/prometheus:v3.14.0', seen: '2026-11-24' },
  grafana: { version: '13.2.0', image: 'grafana/grafana:13.2.0', seen: '2026-11-24' },
  /** Brokers and tools of Kafka 4 need Java 17 (KIP-1013). */
  java: { minimum: 17, seen: '2026-11-24' },
  python: { version: '3.13', minimum: '3.11', seen: '2026-11-24' },
  go: { version: '1.26', minimum: '1.26', seen: '2026-11-24' },
  node: { version: '24', minimum: '22.22.0', seen: '2026-11-24' },
} as const;

/**
 * Releases whose keys are in kafka-keys/, each as its newest patch with all its artifacts: 4.2.1 and
 * 4.2.2 lack connect-mirror-client.
 */
export const kafkaReleases = {
  '3.9': '3.9.2',
  '4.0': '4.0.2',
  '4.1': '4.1.2',
  '4.2': '4.2.0',
  '4.3': '4.3.1',
} as const;

/** Maven coordinates of what a broker and its tools need at run time. */
export const kafkaArtifacts = [
  `org.apache.kafka:kafka_${versions.scala.version}:${versions.kafka.version}`,
  `org.apache.kafka:kafka-tools:${versions.kafka.version}`,
  `org.apache.logging.log4j:log4j-api:${versions.log4j.version}`,
  `org.apache.logging.log4j:log4j-core:${versions.log4j.version}`,
  `org.apache.logging.log4j:log4j-slf4j-impl:${versions.log4j.version}`,
  `org.apache.logging.log4j:log4j-1.2-api:${versions.log4j.version}`,
  `com.fasterxml.jackson.dataformat:jackson-dataformat-yaml:${versions.jackson.version}`,
] as const;

export const jmxExporterArtifact = `io.prometheus.jmx:jmx_prometheus_javaagent:${versions.jmxExporter.version}`;

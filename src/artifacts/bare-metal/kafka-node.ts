import { superUsers } from '../../catalog/own-parts.ts';
import { versions } from '../../catalog/versions.ts';
import type { NodePlacement } from '../../model/placement.ts';
import { isSecured, type Platform } from '../../model/platform.ts';
import { scramJaas } from '../broker/properties.ts';
import { header } from '../header.ts';
import { propertiesFile } from '../properties-file.ts';
import { hardening } from './hardening.ts';
import { environmentFile, unitFile } from './unit-file.ts';

/** Where a machine has what Kafka reads; install.sh puts it there. */
const configDirectory = '/etc/kafka';
export const agentsDirectory = '/opt/kafka-agents';
const stateDirectory = '/var/lib/kafka';

/** The broker's version is in the path, so that a running one never loads classes of the next. */
export const kafkaHome = `/opt/kafka-${versions.kafka.version}`;

/** The same on every machine; what differs is in the files that it reads. */
export const kafkaUnit = (platform: Platform): string =>
  unitFile(`A Kafka node of ${platform.name}, on each machine as kafka.service.`, [
    {
      name: 'Unit',
      directives: [
        { key: 'Description', value: `Apache Kafka node of ${platform.name}` },
        { key: 'Documentation', value: 'https://kafka.apache.org/documentation/' },
        { key: 'Wants', value: 'network-online.target' },
        { key: 'After', value: 'network-online.target' },
        {
          key: 'RequiresMountsFor',
          value: stateDirectory,
          why: 'Not before its disk is there.',
        },
        {
          key: 'StartLimitIntervalSec',
          value: '600',
          why: 'Five failed starts in ten minutes: a person is needed, not a sixth.',
        },
        { key: 'StartLimitBurst', value: '5' },
      ],
    },
    {
      name: 'Service',
      directives: [
        { key: 'Type', value: 'exec' },
        { key: 'User', value: 'kafka' },
        { key: 'Group', value: 'kafka' },
        { key: 'EnvironmentFile', value: `${configDirectory}/jvm.env` },
        ...(isSecured(platform)
          ? [
              {
                key: 'EnvironmentFile',
                value: `${configDirectory}/secrets.env`,
                why: 'Read by systemd as root; the user kafka needs no right to the file.',
              },
            ]
          : []),
        {
          key: 'ExecStart',
          value: `${kafkaHome}/bin/kafka-server-start.sh ${configDirectory}/server.properties`,
          why: 'It never formats: with its disk not mounted, a node must not come up empty.',
        },
        {
          key: 'Restart',
          value: 'on-failure',
        },
        { key: 'RestartSec', value: '10' },
        {
          key: 'SuccessExitStatus',
          value: '143',
          why: 'What Java answers to SIGTERM after a clean shutdown.',
        },
        {
          key: 'TimeoutStopSec',
          value: '300',
          why: `A controlled shutdown ${
            platform.clusters[0].nodes.length === 1 ? '' : 'moves every leader away and '
          }flushes the logs. Killed instead,\nthe node reads its open segments again at the next start.`,
        },
        {
          key: 'LimitNOFILE',
          value: '100000',
          why: 'A partition keeps several files open per segment, a client one socket.',
        },
        {
          key: 'MemoryMax',
          value: '90%',
          why: 'Of the machine. It counts the page cache that Kafka lives from, so nothing near the\nheap; it keeps the rest of the system (and your login) alive.',
        },
        {
          key: 'MemorySwapMax',
          value: '0',
          why: 'A heap on disk makes pauses that look like a dead broker.',
        },
        {
          key: 'StateDirectory',
          value: 'kafka',
          why: `${stateDirectory} and /var/log/kafka are all that it can write.`,
        },
        { key: 'StateDirectoryMode', value: '0750' },
        { key: 'LogsDirectory', value: 'kafka' },
        { key: 'LogsDirectoryMode', value: '0750' },
        ...hardening,
      ],
    },
    { name: 'Install', directives: [{ key: 'WantedBy', value: 'multi-user.target' }] },
  ]);

/** What one node's Java is started with. */
export const jvmEnvironment = (platform: Platform, { node, exporterPort }: NodePlacement): string =>
  environmentFile(`Java of ${node.name}; read by kafka.service.`, [
    {
      key: 'KAFKA_HEAP_OPTS',
      value: `-Xms${node.heapMegabytes}m -Xmx${node.heapMegabytes}m`,
      why: 'All of it from the start: it does not grow while requests wait.',
    },
    {
      key: 'KAFKA_JVM_PERFORMANCE_OPTS',
      value:
        '-server -XX:+UseG1GC -XX:MaxGCPauseMillis=20 -XX:InitiatingHeapOccupancyPercent=35 -XX:+ExplicitGCInvokesConcurrent -Djava.awt.headless=true -XX:+ExitOnOutOfMemoryError',
      why: "Kafka's own flags, and: out of memory ends the process, so that systemd starts a\nhealthy one, instead of leaving one that answers nobody.",
    },
    {
      key: 'KAFKA_LOG4J_OPTS',
      value: `-Dlog4j2.configurationFile=${configDirectory}/log4j2.yaml`,
    },
    {
      key: 'LOG_DIR',
      value: '/var/log/kafka',
      why: 'Of the garbage collector and the authorizer; the rest goes to the journal.',
    },
    ...(platform.monitoring === 'none'
      ? []
      : [
          {
            key: 'KAFKA_OPTS',
            value: `-javaagent:${agentsDirectory}/${exporterJar}=${exporterPort}:${configDirectory}/jmx-exporter.yml`,
            why: 'Metrics for Prometheus, without a password: open the port to its host only.',
          },
        ]),
  ]);

export const exporterJar = `jmx_prometheus_javaagent-${versions.jmxExporter.version}.jar`;

/** How install.sh asks the cluster before it restarts a node. */
export const nodeClientProperties = (platform: Platform): string => {
  const section = 'Connection';
  return propertiesFile(
    header("For Kafka's tools on a node, as the user that brokers log in with."),
    isSecured(platform)
      ? [
          { section, key: 'security.protocol', value: 'SASL_SSL' },
          { section, key: 'sasl.mechanism', value: 'SCRAM-SHA-512' },
          {
            section,
            key: 'sasl.jaas.config',
            value: scramJaas(superUsers.brokers),
            why: `The password comes from the environment: set -a; . ${configDirectory}/secrets.env; set +a`,
          },
          { section, key: 'config.providers', value: 'env' },
          {
            section,
            key: 'config.providers.env.class',
            value: 'org.apache.kafka.common.config.provider.EnvVarConfigProvider',
          },
          { section, key: 'ssl.truststore.type', value: 'PEM' },
          {
            section,
            key: 'ssl.truststore.location',
            value: `${configDirectory}/secrets/ca.pem`,
          },
        ]
      : [{ section, key: 'security.protocol', value: 'PLAINTEXT' }],
  );
};

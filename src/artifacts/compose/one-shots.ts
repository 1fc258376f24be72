import { oneShots } from '../../catalog/own-parts.ts';
import { jmxExporterArtifact, versions } from '../../catalog/versions.ts';
import { clientAddresses } from '../../model/placement.ts';
import { isSecured, type Platform, scramUsers } from '../../model/platform.ts';
import { adminClientPath, clientsFolder } from '../clients/index.ts';
import { usersPath } from '../security/index.ts';
import { applyScript } from '../topics/index.ts';
import {
  caMountForTools,
  inContainer,
  inMemory,
  isProduction,
  memoryLimit,
  platformDirectory,
  projectFile,
  scripts,
  secret,
  temporaryFolder,
  volumes,
} from './mounts.ts';
import { because, type Mapping, shared } from './yaml.ts';

export const exporterJar = '/opt/agents/jmx_prometheus_javaagent.jar';

const hardened = (platform: Platform): Mapping =>
  isProduction(platform) ? shared('hardened') : {};

/** Certificates: made when missing, and given to the volumes of those who need them. */
export function certsService(platform: Platform): Mapping {
  if (!isSecured(platform)) return {};
  const [cluster] = platform.clusters;
  const folder = (volume: string, name: string) => `${volume}:/secrets/${name}`;
  return {
    [oneShots.certs]: {
      ...hardened(platform),
      image: versions.kafka.image,
      entrypoint: ['bash', inContainer(scripts.certs)],
      user: because('To give keys to the user of the brokers, and to no other.', 'root'),
      ...(isProduction(platform) ? { cap_add: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER'] } : {}),
      network_mode: 'none',
      tmpfs: inMemory(platform),
      volumes: [
        `./security:${inContainer('security')}`,
        projectFile('kafka/nodes.conf'),
        projectFile(scripts.folder),
        ...cluster.nodes.map(({ name }) => folder(volumes.secrets(name), name)),
        folder(volumes.ca, 'ca'),
        ...(platform.monitoring === 'none' ? [] : [folder(volumes.certificateDates, 'dates')]),
      ],
    },
  };
}

/** The agent that publishes metrics is not in Kafka's image. */
export function exporterService(platform: Platform): Mapping {
  if (platform.monitoring === 'none') return {};
  return {
    [oneShots.exporter]: {
      ...hardened(platform),
      image: versions.maven.image,
      entrypoint: ['bash', inContainer(scripts.exporter)],
      environment: {
        ARTIFACT: jmxExporterArtifact,
        SHA256: versions.jmxExporter.sha256,
        JAR: exporterJar,
      },
      ...(isProduction(platform) ? { tmpfs: [temporaryFolder, '/root/.m2'] } : {}),
      volumes: [projectFile(scripts.folder), `${volumes.agents}:/opt/agents`],
    },
  };
}

/** Topics, users and rights, as soon as every broker answers. */
export function topicsService(platform: Platform): Mapping {
  const [cluster] = platform.clusters;
  const secured = isSecured(platform);
  return {
    [oneShots.topics]: {
      ...hardened(platform),
      image: versions.kafka.image,
      entrypoint: ['bash', inContainer(applyScript)],
      working_dir: platformDirectory,
      environment: {
        KAFKA_BOOTSTRAP_SERVERS: clientAddresses(platform),
        ...(secured ? { KAFKA_COMMAND_CONFIG: adminClientPath } : {}),
        KAFKA_HEAP_OPTS: '-Xmx128m',
        KAFKA_JVM_PERFORMANCE_OPTS: because(
          'For tools that end after a second.',
          '-XX:+UseSerialGC -XX:TieredStopAtLevel=1',
        ),
        ...Object.fromEntries(
          scramUsers(cluster).map(({ variable }) => [variable, secret(variable)]),
        ),
      },
      depends_on: Object.fromEntries(
        cluster.nodes.map(({ name }) => [name, { condition: 'service_healthy' }]),
      ),
      tmpfs: inMemory(platform),
      ...(isProduction(platform) ? { deploy: memoryLimit(1024) } : {}),
      volumes: [
        projectFile('topics'),
        // All of them: whoever opens a shell here to measure wants the producer's too.
        projectFile(clientsFolder),
        ...(secured ? [projectFile(usersPath), caMountForTools] : []),
      ],
    },
  };
}

import { versions } from '../../catalog/versions.ts';
import { clientAddresses } from '../../model/placement.ts';
import type { Platform } from '../../model/platform.ts';
import { runtimeOf } from '../apps/index.ts';
import { header } from '../header.ts';
import { agentsDirectory, exporterJar, kafkaHome } from './kafka-node.ts';
import { environmentFile } from './unit-file.ts';

/** Where the person puts what is installed; ignored by git. */
export const packagesFolder = 'bare-metal/packages';
export const kafkaTarball = `kafka_${versions.scala.version}-${versions.kafka.version}.tgz`;

export const platformConfPath = 'bare-metal/platform.conf';

/** What the scripts of this folder have to know. */
export function platformConf(platform: Platform): string {
  const runtime = runtimeOf(platform);
  return environmentFile('What the scripts in this folder work with. Shell syntax.', [
    { key: 'PLATFORM', value: platform.name },
    { key: 'SECURITY', value: platform.security },
    {
      key: 'BROKERS',
      value: clientAddresses(platform),
      why: 'Asked for the health of the cluster before and after a restart.',
    },
    { key: 'KAFKA_HOME', value: kafkaHome },
    { key: 'KAFKA_TARBALL', value: kafkaTarball },
    {
      key: 'JAVA_MINIMUM',
      value: String(versions.java.minimum),
      why: 'Of brokers and tools (KIP-1013).',
    },
    ...(platform.monitoring === 'none'
      ? []
      : [
          { key: 'EXPORTER_JAR', value: exporterJar },
          { key: 'EXPORTER_SHA256', value: exporterSha256 },
          { key: 'AGENTS', value: agentsDirectory },
        ]),
    { key: 'APP_RUNTIME', value: runtime.id },
    { key: 'APP_RUNTIME_MINIMUM', value: runtime.minimum },
    {
      key: 'APP_SERVICES',
      value: platform.application.services.map(({ name }) => name).join(' '),
    },
  ]);
}

/** Of the release on Maven Central that versions.jmxExporter names. */
const exporterSha256 = '7d61f737fd661610ccc14aea79764faa1ea94a340cbc8f0029b3d2edea3d80c1';

/** Settings of the kernel that Kafka's way of writing asks for. */
export const sysctlConf = (): string => `${header('Kernel settings for a machine that runs Kafka.')}

# Swap only to avoid running out of memory: a swapped heap stops the world, and the page
# cache, which Kafka reads from, is worth more than idle pages.
vm.swappiness = 1

# Every segment maps two index files into memory; the usual 65530 ends at some ten
# thousand segments, and the broker with it.
vm.max_map_count = 262144

# Start writing to disk early, in the background, and stop writers late: Kafka relies on
# replicas rather than on fsync, and a writer that is stopped is a late acknowledgement.
vm.dirty_background_ratio = 5
vm.dirty_ratio = 60
`;

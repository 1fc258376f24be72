import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { jmxExporterArtifact, kafkaArtifacts, versions } from '../../catalog/versions.ts';
import { obstacle } from '../../errors.ts';
import { cacheFolder } from './cache.ts';
import { archiveFor, makeArchive, withArchive } from './class-archive.ts';
import { copyJar, copyJars } from './maven.ts';

/** Kafka as the native engine runs it: shared by all projects of this user. */
export type Distribution = {
  readonly home: string;
  readonly libs: string;
  readonly exporter: string;
  /** Flags with which a JVM starts sooner. */
  readonly jvmFlags: readonly string[];
};

/** Where Kafka lies once it was downloaded. */
export const kafkaHome = (): string => join(cacheFolder(), `kafka-${versions.kafka.version}`);

const sumsFile = 'SHA256SUMS';

/** Kafka's jars through Maven (which honours the user's mirrors), once; verified against their checksums each time. */
export async function kafkaDistribution(java: string, signal: AbortSignal): Promise<Distribution> {
  const home = kafkaHome();
  if (!existsSync(join(home, sumsFile))) await download(home, signal);
  verify(home);
  const archive = await archiveFor(java, home);
  const jvmFlags = withArchive(archive);
  writeTools(home, java, jvmFlags);
  await makeArchive(java, archive, signal);
  return {
    home,
    libs: join(home, 'libs'),
    exporter: join(home, 'agents', `jmx_prometheus_javaagent-${versions.jmxExporter.version}.jar`),
    jvmFlags,
  };
}

async function download(home: string, signal: AbortSignal): Promise<void> {
  mkdirSync(dirname(home), { recursive: true });
  const work = mkdtempSync(`${home}.`);
  try {
    await copyJars(work, kafkaArtifacts, [], signal);
    const agents = join(work, 'agents');
    mkdirSync(agents);
    await copyJar(agents, jmxExporterArtifact, signal);
    writeFileSync(join(work, sumsFile), checksums(work));
    // Another krafter may have finished first; then its result is as good, and already in use.
    if (existsSync(join(home, sumsFile))) return;
    rmSync(home, { recursive: true, force: true });
    try {
      renameSync(work, home);
    } catch (error) {
      if (!existsSync(join(home, sumsFile))) throw error;
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const sha256 = (file: string): string =>
  createHash('sha256').update(readFileSync(file)).digest('hex');

const jars = (home: string): string[] =>
  ['libs', 'agents'].flatMap((folder) =>
    readdirSync(join(home, folder))
      .sort()
      .map((file) => `${folder}/${file}`),
  );

/** In the format of `sha256sum --check`. */
const checksums = (home: string): string =>
  `${jars(home)
    .map((file) => `${sha256(join(home, file))}  ${file}`)
    .join('\n')}\n`;

function verify(home: string): void {
  if (readFileSync(join(home, sumsFile), 'utf8') === checksums(home)) return;
  throw obstacle({
    what: `The cached Kafka ${versions.kafka.version} is not what was downloaded.`,
    where: home,
    why: 'A jar is missing or its checksum changed; a broker would run with unknown code.',
    next: `Remove ${home} and run this again; it is downloaded anew.`,
  });
}

const tools: Readonly<Record<string, string>> = {
  'kafka-topics.sh': 'org.apache.kafka.tools.TopicCommand',
  'kafka-configs.sh': 'kafka.admin.ConfigCommand',
  'kafka-acls.sh': 'org.apache.kafka.tools.AclCommand',
  'kafka-storage.sh': 'kafka.tools.StorageTool',
  'kafka-consumer-groups.sh': 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
  'kafka-console-consumer.sh': 'org.apache.kafka.tools.consumer.ConsoleConsumer',
  'kafka-console-producer.sh': 'org.apache.kafka.tools.ConsoleProducer',
  'kafka-producer-perf-test.sh': 'org.apache.kafka.tools.ProducerPerformance',
  'kafka-metadata-quorum.sh': 'org.apache.kafka.tools.MetadataQuorumCommand',
};

/** Kafka's own tools under their usual names, with flags for a short life. */
function writeTools(home: string, java: string, jvmFlags: readonly string[]): void {
  const bin = join(home, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'log4j2.yaml'), quietLogging);
  for (const [name, main] of Object.entries(tools)) {
    const file = join(bin, name);
    const text = `#!/bin/sh
here=$(dirname "$0")
exec "\${KRAFTER_JAVA:-${java}}" ${[...shortLived, ...jvmFlags].join(' ')} -Dlog4j2.configurationFile="$here/log4j2.yaml" -cp "$here/../libs/*" ${main} "$@"
`;
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    writeFileSync(file, text);
    chmodSync(file, 0o755);
  }
}

/** Flags for tools that end after a second: no time for the second compiler. */
export const shortLived = ['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

const quietLogging = `Configuration:
  Appenders:
    Console:
      name: STDERR
      target: SYSTEM_ERR
      PatternLayout:
        pattern: "[%d] %p %m (%c)%n"
  Loggers:
    Root:
      level: warn
      AppenderRef:
        - ref: STDERR
`;

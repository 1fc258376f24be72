import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { obstacle } from '../../errors.ts';

/** Artifacts with all that they need at run time, into `libs` of a folder, except what is named. */
export async function copyJars(
  folder: string,
  artifacts: readonly string[],
  except: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  writeFileSync(join(folder, 'pom.xml'), pom(artifacts));
  const args = [
    'dependency:copy-dependencies',
    '-DincludeScope=runtime',
    `-DexcludeArtifactIds=${except.join(',')}`,
    `-DoutputDirectory=${join(folder, 'libs')}`,
  ];
  await maven(folder, artifacts, args, signal);
}

/** One jar without what it needs. */
export async function copyJar(
  folder: string,
  artifact: string,
  signal: AbortSignal,
): Promise<void> {
  const args = ['dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`];
  await maven(folder, [artifact], args, signal);
}

const pom = (artifacts: readonly string[]): string => {
  const dependencies = artifacts.map((artifact) => {
    const [group, id, version] = artifact.split(':');
    return `    <dependency><groupId>${group}</groupId><artifactId>${id}</artifactId><version>${version}</version></dependency>`;
  });
  return `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>krafter</groupId>
  <artifactId>kafka-distribution</artifactId>
  <version>1</version>
  <dependencies>
${dependencies.join('\n')}
  </dependencies>
</project>
`;
};

async function maven(
  cwd: string,
  artifacts: readonly string[],
  args: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const result = await execa('mvn', ['-q', '-B', ...args], {
    cwd,
    reject: false,
    all: true,
    cancelSignal: signal,
    timeout: 600_000,
  });
  if (signal.aborted) signal.throwIfAborted();
  if (result.exitCode === 0) return;
  if (result.code === 'ENOENT') {
    throw obstacle({
      what: 'Maven was not found.',
      why: "Kafka's jars come through Maven, so that your own mirrors and proxies apply.",
      next: 'Debian or Ubuntu: apt-get install maven',
    });
  }
  const lines = (result.all ?? '').split('\n').filter((line) => line.includes('ERROR'));
  throw obstacle({
    what: "Maven could not get Kafka's jars.",
    where: artifacts.join(', '),
    why: lines.slice(0, 3).join('\n') || (result.shortMessage ?? ''),
    next: 'Check the network and ~/.m2/settings.xml, then run this again; what was loaded is kept.',
  });
}

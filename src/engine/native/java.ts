import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { versions } from '../../catalog/versions.ts';
import { obstacle } from '../../errors.ts';

/** The Java that runs Kafka here: JAVA_HOME first, as Kafka's own scripts do. */
export async function findJava(): Promise<string> {
  const home = process.env.JAVA_HOME;
  const java = home && existsSync(join(home, 'bin', 'java')) ? join(home, 'bin', 'java') : 'java';
  const result = await execa(java, ['-version'], { reject: false, timeout: 20_000 });
  const install = 'Debian or Ubuntu: apt-get install openjdk-17-jre-headless; or set JAVA_HOME.';
  if (result.exitCode !== 0) {
    throw obstacle({
      what: 'Java was not found.',
      why: `Kafka 4 brokers and tools run on Java ${versions.java.minimum} or newer.`,
      next: install,
    });
  }
  const version = majorVersion(`${result.stderr}\n${result.stdout}`);
  if (version === undefined || version < versions.java.minimum) {
    throw obstacle({
      what: `Java ${version ?? 'of an unknown version'} is too old.`,
      where: java,
      why: `Kafka 4 brokers and tools run on Java ${versions.java.minimum} or newer (KIP-1013).`,
      next: install,
    });
  }
  return java;
}

/** 17 of `openjdk version "17.0.15"`, 8 of `java version "1.8.0_402"`. */
function majorVersion(output: string): number | undefined {
  const match = /version "(?:1\.)?([0-9]+)/.exec(output);
  return match ? Number(match[1]) : undefined;
}

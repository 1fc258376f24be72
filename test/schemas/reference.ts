/** Reference implementations on the JVM, from Maven: questions go in and answers come out, a line each. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { cacheFolder } from '../../src/engine/native/cache.ts';
import { findJava } from '../../src/engine/native/java.ts';
import { copyJar, copyJars } from '../../src/engine/native/maven.ts';

/** Answers of a Java program (one file, run from its source) that has some jars' classes. */
export async function ask<Answer>(
  program: string,
  jars: Promise<string>,
  questions: readonly unknown[],
): Promise<Answer[]> {
  const libs = await jars;
  const { stdout } = await execa(
    await findJava(),
    ['-XX:TieredStopAtLevel=1', '-Xss8m', '-cp', `${libs}/*`, program],
    {
      input: questions.map((question) => JSON.stringify(question)).join('\n'),
      timeout: 300_000,
      maxBuffer: 1e9,
    },
  );
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as Answer);
}

/** Avro's own. */
export const avroJars = (): Promise<string> =>
  kept('test-avro-1.12.2', (work) =>
    copyJars(work, ['org.apache.avro:avro:1.12.2'], [], AbortSignal.timeout(600_000)),
  );

const apicurio = 'io.apicurio:apicurio-registry-app:3.3.3:tar.gz:all';
const ofApicurio =
  /schema-util|protobuf|wire|okio|kotlin-stdlib|everit|org\.json|jackson|re2j|slf4j-api|guava|content|commons-validator|apicurio-registry-common|handy-uri|json-sKema/i;

/** Apicurio's registry has its rules in jars that are published within the whole program only. */
export const apicurioJars = (): Promise<string> =>
  kept('test-apicurio-3.3.3', async (work) => {
    await copyJar(work, apicurio, AbortSignal.timeout(600_000));
    const archive = readdirSync(work).find((name) => name.endsWith('.tar.gz')) ?? '';
    const { stdout } = await execa('tar', ['tzf', join(work, archive)]);
    const wanted = stdout
      .split('\n')
      .filter((path) => path.endsWith('.jar') && ofApicurio.test(path));
    const libs = join(work, 'libs');
    mkdirSync(libs);
    await execa('tar', [
      'xzf',
      join(work, archive),
      '-C',
      libs,
      '--transform',
      's|.*/||',
      ...wanted,
    ]);
    rmSync(join(work, archive));
  });

/** The folder `libs` of what is made once, and kept. */
async function kept(name: string, make: (work: string) => Promise<void>): Promise<string> {
  const home = join(cacheFolder(), name);
  if (existsSync(home)) return join(home, 'libs');
  mkdirSync(cacheFolder(), { recursive: true });
  const work = mkdtempSync(`${home}.`);
  try {
    await make(work);
    if (!existsSync(home)) renameSync(work, home);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return join(home, 'libs');
}

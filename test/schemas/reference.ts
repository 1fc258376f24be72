/** Reference implementations on the JVM, from Maven: questions go in and answers come out, a line each. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { cacheFolder } from '../../src/engine/native/cache.ts';
import { findJava } from '../../src/engine/native/java.ts';
import { copyJars } from '../../src/engine/native/maven.ts';

/** Answers of a Java program (one file, run from its source) that has an artifact's classes. */
export async function ask<Answer>(
  program: string,
  artifact: string,
  questions: readonly unknown[],
): Promise<Answer[]> {
  const libs = await jars(artifact);
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

async function jars(artifact: string): Promise<string> {
  const home = join(cacheFolder(), `test-${artifact.replaceAll(/[^\w.-]/g, '-')}`);
  if (existsSync(home)) return join(home, 'libs');
  mkdirSync(cacheFolder(), { recursive: true });
  const work = mkdtempSync(`${home}.`);
  try {
    await copyJars(work, [artifact], [], AbortSignal.timeout(600_000));
    if (!existsSync(home)) renameSync(work, home);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return join(home, 'libs');
}

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'dot-properties';
import { execa } from 'execa';
import { keysOf } from '../catalog/kafka-keys/index.ts';
import { newestRelease } from '../catalog/kafka-keys/releases.ts';
import { versions } from '../catalog/versions.ts';
import type { Policy } from '../check/policy/load.ts';
import { type Omission, type Question, questionOf } from '../check/prove/questions.ts';
import { kafkaDistribution } from '../engine/native/distribution.ts';
import { findJava } from '../engine/native/java.ts';
import { step } from '../engine/progress.ts';
import { exitCode, obstacle } from '../errors.ts';
import { readLandscape } from '../landscape/read.ts';
import type { Repository } from '../landscape/repository.ts';
import { printable } from '../printable.ts';
import { print, printJson, progressLines, wrap } from './output.ts';

type Proof = {
  readonly file: string;
  readonly line: number;
  readonly kind: string;
  readonly verdict: 'accepted' | 'refused' | 'not asked';
  /** Kafka's own words, or why it was not asked. */
  readonly says?: string;
};

/** `--prove`: exit 1 when Kafka's own classes refuse a configuration. */
export async function proveConfigurations(
  repository: Repository,
  { kafka = newestRelease }: Policy,
  /** Undefined is all of them. */
  file: string | undefined,
  asJson: boolean,
  signal: AbortSignal,
): Promise<void> {
  const landscape = await readLandscape(repository.files(), repository, kafka);
  const questions: (Question | Omission)[] = [];
  for (const one of landscape.configurations) {
    if (file !== undefined && one.file !== file) continue;
    const question = questionOf(one, await keysOf(one.kind, newestRelease), newestRelease);
    if (question) questions.push(question);
  }
  questions.sort(({ configuration: { at: a } }, { configuration: { at: b } }) =>
    a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1,
  );
  const proofs = await proofsOf(questions, signal);
  if (asJson) printJson({ kafka: versions.kafka.version, configurations: proofs });
  else print(textOf(proofs));
  if (proofs.some(({ verdict }) => verdict === 'refused')) process.exitCode = exitCode.no;
}

async function proofsOf(
  questions: readonly (Question | Omission)[],
  signal: AbortSignal,
): Promise<Proof[]> {
  const asked = questions.filter((one) => 'settings' in one);
  const verdicts = asked.length === 0 ? [] : await verdictsOn(asked, signal);
  const inOrder = verdicts.values();
  return questions.map((question) => {
    const { kind, at } = question.configuration;
    const place = { file: at.file, line: at.line, kind };
    if ('why' in question) return { ...place, verdict: 'not asked', says: question.why };
    const { value: said = '' } = inOrder.next();
    return said.startsWith('accepted')
      ? { ...place, verdict: 'accepted' }
      : { ...place, verdict: 'refused', says: said.replace(/^refused: /, '') };
  });
}

/** A line each, in their order. */
async function verdictsOn(asked: readonly Question[], signal: AbortSignal): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'krafter-prove-'));
  const progress = progressLines();
  try {
    const java = await findJava();
    const count = `${asked.length} configuration${asked.length === 1 ? '' : 's'}`;
    return await step(
      progress,
      `Asking Kafka ${versions.kafka.version} about ${count}`,
      async () => {
        const { libs } = await kafkaDistribution(java, signal);
        const args = asked.flatMap(({ configuration, settings }, index) => {
          const file = join(folder, `${index}.properties`);
          writeFileSync(file, stringify(Object.fromEntries(settings)));
          return [configuration.kind, file];
        });
        const options = ['-XX:TieredStopAtLevel=1', '-cp', `${libs}/*`, proveJava()];
        const {
          exitCode: code,
          stdout,
          stderr,
        } = await execa(java, [...options, ...args], {
          cwd: folder,
          reject: false,
          timeout: 300_000,
          cancelSignal: signal,
        });
        const lines = stdout.split('\n').filter((line) => /^(accepted|refused)/.test(line));
        if (code === 0 && lines.length === asked.length) return lines;
        throw obstacle({
          what: "Kafka's own classes could not be asked.",
          why: stderr.trim().split('\n').slice(-3).join('\n') || `Java ended with ${code}.`,
          next: `It takes a JDK, not only a runtime: apt-get install openjdk-${versions.java.minimum}-jdk-headless`,
        });
      },
    );
  } finally {
    progress.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The build puts it beside the program. */
export function proveJava(): string {
  const packed = join(import.meta.dirname, 'Prove.java');
  return existsSync(packed) ? packed : join(import.meta.dirname, '../check/prove/Prove.java');
}

function textOf(proofs: readonly Proof[]): string {
  const of = (wanted: Proof['verdict']) => proofs.filter(({ verdict }) => verdict === wanted);
  const asked = proofs.length - of('not asked').length;
  const lines = [...of('refused'), ...of('not asked')].flatMap(
    ({ file, line, kind, verdict, says }) => [
      `${verdict}  ${printable(file)}:${line} (${kind})`,
      `  ${wrap(printable(says ?? ''), '  ')}`,
      '',
    ],
  );
  const sum =
    proofs.length === 0
      ? 'Nothing here that a class of Kafka could be asked about.'
      : `Kafka ${versions.kafka.version} takes ${of('accepted').length} of ${asked}; ${of('not asked').length} not asked.`;
  return [...lines, sum, ...(asked > 0 ? [omitted] : [])].join('\n');
}

const omitted = wrap(
  'Left out: what clients log in with, certificates of clients, and classes that do not come with Kafka.',
  '',
);

import type { KafkaRelease } from '../catalog/kafka-keys/key.ts';
import { oldestRelease } from '../catalog/kafka-keys/releases.ts';
import { type MigrationStep, migration } from '../check/migration.ts';
import type { Policy } from '../check/policy/load.ts';
import { exitCode } from '../errors.ts';
import { readLandscape } from '../landscape/read.ts';
import type { Repository } from '../landscape/repository.ts';
import { printable } from '../printable.ts';
import { print, printJson, wrap } from './output.ts';

/** `--target`: exit 1 when something has to be done before the upgrade. */
export async function showMigration(
  repository: Repository,
  { kafka }: Policy,
  to: KafkaRelease,
  asJson: boolean,
): Promise<void> {
  const from = kafka ?? oldestRelease;
  const landscape = await readLandscape(repository.files(), repository, from);
  const steps = await migration(landscape, from, to);
  if (asJson) printJson({ from, to, steps });
  else print(textOf(steps, from, to));
  if (steps.some(({ when }) => when === 'before')) process.exitCode = exitCode.no;
}

const titles = {
  before: 'Before the upgrade',
  with: 'With the upgrade',
  after: 'After the upgrade',
} as const;

function textOf(steps: readonly MigrationStep[], from: KafkaRelease, to: KafkaRelease): string {
  if (steps.length === 0) return `Nothing in these files is about the way from ${from} to ${to}.`;
  const parts = (['before', 'with', 'after'] as const).map((when) => {
    const own = steps.filter((step) => step.when === when);
    return own.length === 0 ? [] : [titles[when], ...own.map(stepText), ''];
  });
  const why = `From Kafka ${from}, where files do not tell (krafter.check.yaml: kafka), to ${to}.`;
  return [why, '', ...parts.flat()].join('\n').trimEnd();
}

function stepText({ says, next, source, places }: MigrationStep): string {
  const at = places.slice(0, 5).map(({ file, line }) => `${printable(file)}:${line}`);
  const more = places.length > 5 ? [`and ${places.length - 5} more`] : [];
  return [
    `  - ${wrap(printable(says), '    ')}`,
    `    ${wrap(printable(next), '    ')}`,
    `    ${source}`,
    ...[...at, ...more].map((place) => `    ${place}`),
  ].join('\n');
}

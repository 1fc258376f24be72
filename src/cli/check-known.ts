import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import {
  type BaselineEntry,
  baselineText,
  parseBaseline,
  staleEntries,
} from '../check/baseline.ts';
import type { Policy } from '../check/policy/load.ts';
import { fingerprintsIn, type Looked, lookAt } from '../check/repository.ts';
import { obstacle, refuse } from '../errors.ts';
import { treeAt } from '../files/git-tree.ts';
import type { ProjectFile } from '../files/project-file.ts';
import { isWalked } from '../landscape/repository.ts';
import { absolute } from './folders.ts';
import { tell } from './output.ts';

type Open = (path: string) => ProjectFile | undefined;

/** Of what was found where the change began. */
export async function fingerprintsAt(
  folder: string,
  base: string,
  policy: Policy,
  isOut: (path: string) => boolean,
): Promise<ReadonlySet<string>> {
  const { files } = await treeAt(folder, base, (path) => isWalked(path) && !isOut(path));
  const there = new Map(files.map((file) => [file.path, file]));
  const open: Open = (path) => there.get(path);
  return new Set(fingerprintsIn(await lookAt(files, { file: open }, policy), open).values());
}

export function readBaseline(file: string): readonly BaselineEntry[] {
  let text: string;
  try {
    text = readFileSync(absolute(file), 'utf8');
  } catch (error) {
    throw refuse({
      what: `The baseline ${file} can not be read (${(error as NodeJS.ErrnoException).code}).`,
      where: '--baseline',
      next: `Write one: krafter check --baseline ${file} --update-baseline`,
    });
  }
  return parseBaseline(text, file);
}

/** Writes it when asked to, and says what is stale otherwise. Whether that was all there is to do. */
export function keepBaseline(file: string, looked: Looked, open: Open, update: boolean): boolean {
  const known = fingerprintsIn(looked, open);
  if (!update) {
    const stale = staleEntries(known, readBaseline(file));
    for (const { rule, file: path } of stale.slice(0, 5)) tell(`Gone: ${rule} ${path}`);
    if (stale.length > 0)
      tell(`${file} has ${stale.length} findings that are gone: krafter check --update-baseline`);
    return false;
  }
  const findings = looked.findings.map(({ finding }) => finding);
  const next = `${absolute(file)}.krafter-${process.pid}`;
  try {
    writeFileSync(next, baselineText(findings, known), { flag: 'wx' });
    renameSync(next, absolute(file));
  } catch (error) {
    rmSync(next, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    throw obstacle({ what: `${file} can not be written (${code}).`, where: '--baseline' }, error);
  }
  tell(`${file}: ${findings.length} findings are known from now on.`);
  return true;
}

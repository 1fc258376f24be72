import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Project, ProjectFile, readText } from '../../files/project-file.ts';
import { type WalkRules, walk } from '../../files/walk.ts';
import { excerptOf, printable } from '../../printable.ts';
import { isFileAside, isFolderAside, packageLevels } from './aside.ts';
import { type Chosen, choose } from './choose.ts';
import { conclusions } from './conclude.ts';
import type { Finding, Note } from './finding.ts';
import { readers } from './readers/index.ts';

export type { Choice, Chosen } from './choose.ts';
export type { Answer, Answers, Finding, Note } from './finding.ts';

export type Inference = {
  readonly findings: readonly Finding[];
  readonly chosen: Chosen;
  readonly notes: readonly Note[];
};

/** Looking must not be felt; what isn't seen by then is asked for or left at its default. */
const timeLimitMs = 2_000;

/** Nobody's project says more; without an end, it could fill the memory. */
const mostCluesOfFile = 500;
const mostFindings = 20_000;

const deepestLevel = 6;

/** What is the project's own, and near enough to the top to say what it is. */
const ofAProject: WalkRules = {
  mostEntries: 20_000,
  // Java spends a level on each part of a package's name: those are counted anew.
  enters: (name, above) =>
    !isFolderAside(name, above) && (packageLevels(above) ?? above.length) < deepestLevel,
  takes: (name) => !isFileAside(name),
  // A virtual environment under another name, or a project that krafter made.
  isForeign: (names) => names.includes('pyvenv.cfg') || names.includes('krafter.yaml'),
};

/**
 * What a folder's files say about the answers. Nothing in it is executed, no link is followed,
 * and no content, however broken, makes it throw.
 */
export async function infer(folder: string, limitMs = timeLimitMs): Promise<Inference> {
  // krafter's own project: its answers are in krafter.yaml, and its files follow from them.
  if (existsSync(join(folder, 'krafter.yaml')))
    return { findings: [], chosen: choose([]), notes: [] };

  const end = performance.now() + limitMs;
  const isOver = () => performance.now() > end;
  const { paths, notes: walkNotes } = walk(folder, { ...ofAProject, isOver });
  const notes: Note[] = [...walkNotes];
  const findings: Finding[] = [];
  const project = projectOf(folder, paths, notes);

  for (const path of paths) {
    if (isOver() || findings.length > mostFindings) {
      notes.push({ file: path, says: 'enough was seen: this file and what follows is left out' });
      break;
    }
    const wanted = readers.filter(({ files }) => files.test(path));
    const file = wanted.length > 0 ? project.file(path) : undefined;
    if (!file) continue;
    for (const reader of wanted) {
      if (reader.mentions && file.text.search(reader.mentions) === -1) continue;
      try {
        const clues = (await reader.read(file, project)).slice(0, mostCluesOfFile);
        const at = (line: number) => ({
          file: printable(path),
          excerpt: excerptOf(file.line(line)),
        });
        findings.push(
          ...clues.map((clue) => ({ ...clue, ...at(clue.line), why: excerptOf(clue.why) })),
        );
      } catch (error) {
        notes.push({ file: path, says: error instanceof Error ? error.message : 'not readable' });
      }
    }
  }
  const all = distinctFindings([...findings, ...conclusions(findings)]);
  return {
    findings: all,
    chosen: choose(all),
    notes: distinct(notes, ({ file, says }) => [file, says]).map(({ file, says }) => ({
      file: printable(file),
      says: excerptOf(says),
    })),
  };
}

function projectOf(folder: string, paths: readonly string[], notes: Note[]): Project {
  const listed = new Set(paths);
  return {
    // Not kept: a folder can hold more text than there is memory.
    file(path) {
      if (!listed.has(path)) return undefined;
      const content = readText(join(folder, path));
      if (content === 'binary') return undefined;
      if ('text' in content) return new ProjectFile(path, content.text);
      notes.push({ file: path, says: content.skipped });
      return undefined;
    },
  };
}

/** The first finding of each value on each line. */
function distinctFindings(findings: readonly Finding[]): Finding[] {
  return distinct(findings, ({ answer, value, file, line }) => [answer, value, file, line]);
}

function distinct<T>(all: readonly T[], key: (one: T) => unknown[]): T[] {
  const byKey = new Map(all.toReversed().map((one) => [JSON.stringify(key(one)), one]));
  const firsts = new Set(byKey.values());
  return all.filter((one) => firsts.has(one));
}

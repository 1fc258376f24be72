import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type Alias,
  type Document,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLParseError,
} from 'yaml';
import { refuse, type Trouble } from '../errors.ts';
import { lockFile } from '../project/paths.ts';
import { contradictions } from './contradictions/index.ts';
import { blueprintVersion } from './format.ts';
import { describe, dotted, firstOf, type Path, pathOf } from './mistakes.ts';
import { type Blueprint, blueprintSchema } from './schema.ts';
import { blueprintFile } from './write.ts';

/** A blueprint is a few kilobytes; beyond this it is something else. */
const largest = 1_000_000;

export function loadBlueprint(project: string): Blueprint {
  const file = join(project, blueprintFile);
  return parseBlueprint(readBlueprint(file), blueprintFile);
}

/** The text of a blueprint, or a refusal of what can't be one. */
export function readBlueprint(file: string): string {
  const bytes = readBytes(file);
  if (bytes.includes(0) || !isUtf8(bytes)) {
    throw refuse({
      what: `${blueprintFile} is a binary file or not in UTF-8, so it is not YAML.`,
      where: file,
      next: 'Put the right file back, or save it as UTF-8.',
    });
  }
  return bytes.toString('utf8');
}

function readBytes(file: string): Buffer {
  try {
    const stat = statSync(file);
    // A named pipe would be waited for, a device read for ever.
    if (!stat.isFile()) throw refuse(notAFile(file));
    if (stat.size > largest) throw refuse(tooLarge(file, stat.size));
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw refuse(unreadable(file, String(error.code)));
    throw error;
  }
}

const notAFile = (file: string): Trouble => ({
  what: `${blueprintFile} is not a file.`,
  where: file,
  next: `Move it away, and put the right file back: ls -ld ${blueprintFile}`,
});

const tooLarge = (file: string, size: number): Trouble => ({
  what: `${blueprintFile} has ${Math.round(size / 1e6)} MB, which no blueprint has.`,
  where: file,
  next: 'Put the right file back; `krafter new --dry-run` shows what belongs to a project.',
});

const unreadable = (file: string, code: string): Trouble =>
  code === 'ENOENT'
    ? {
        what: `There is no ${blueprintFile} here.`,
        where: file,
        why: 'It holds what the platform is; everything else follows from it.',
        next: existsSync(join(dirname(file), lockFile))
          ? `${lockFile} is here, so it was deleted: git checkout -- ${blueprintFile}`
          : 'Go to the project folder, or make one: krafter new shop',
      }
    : { what: `${blueprintFile} can not be read (${code}).`, where: file, next: `ls -l ${file}` };

/** The blueprint, or a refusal that names line, column and the nearest valid word. */
export function parseBlueprint(text: string, name: string): Blueprint {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error' });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const place = (path: Path) =>
    `${at(offsetOf(document.contents, path))} ${dotted(path)}`.trimEnd();
  const [syntax] = document.errors;
  if (syntax) throw refuse({ ...syntaxTrouble(syntax, name), where: at(syntax.pos[0]) });
  const value = toPlain(document, name, at);
  if (value === null || value === undefined) {
    throw refuse({
      what: `${name} is empty.`,
      where: `${name}:1:1`,
      next: 'Put it back from version control, or make a new project: krafter new shop',
    });
  }
  refuseNewerVersion(value, name, place(['version']));
  const result = blueprintSchema.safeParse(value);
  if (!result.success) {
    const issue = firstOf(result.error.issues);
    if (!issue) throw new Error('zod refused without an issue');
    throw refuse({ ...describe(issue, value), where: place(pathOf(issue)) });
  }
  const [contradiction] = contradictions(result.data);
  if (contradiction) {
    const { path, ...trouble } = contradiction;
    throw refuse({ ...trouble, where: place(path) });
  }
  return result.data;
}

function syntaxTrouble({ code, message }: YAMLParseError, name: string): Omit<Trouble, 'where'> {
  switch (code) {
    case 'DUPLICATE_KEY':
      return {
        what: `${name} has a key twice.`,
        why: 'One of the two would be ignored, and nobody could say which.',
        next: 'Remove one of them.',
      };
    case 'TAB_AS_INDENT':
      return { what: `${name} is indented with a tab.`, next: 'YAML wants spaces; replace it.' };
    case 'MULTIPLE_DOCS':
      return {
        what: `${name} holds more than one YAML document.`,
        next: 'Remove the line --- and what follows it.',
      };
    default:
      return { what: `${name} is not valid YAML: ${firstLine(message)}.`, next: 'Mend that line.' };
  }
}

function toPlain(document: Document, name: string, at: (offset: number) => string): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch {
    const { alias, isDangling } = suspiciousAlias(document);
    throw refuse({
      what: isDangling
        ? `${name} uses the YAML alias *${alias?.source}, which has no anchor.`
        : `${name} repeats itself through YAML aliases until it no longer fits into memory.`,
      where: at(alias?.range?.[0] ?? 0),
      next: 'Write the values out; a blueprint needs no anchors and aliases.',
    });
  }
}

/** The alias without an anchor, else the first one. */
function suspiciousAlias(document: Document): { alias: Alias | undefined; isDangling: boolean } {
  const aliases: Alias[] = [];
  visit(document, { Alias: (_, alias) => void aliases.push(alias) });
  const dangling = aliases.find((alias) => !alias.resolve(document));
  return { alias: dangling ?? aliases[0], isDangling: dangling !== undefined };
}

function refuseNewerVersion(value: unknown, name: string, where: string): void {
  const version = (value as { version?: unknown }).version;
  if (typeof version === 'number' && version > blueprintVersion) {
    throw refuse({
      what: `${name} has version ${version}; this krafter knows up to ${blueprintVersion}.`,
      where,
      why: 'A newer krafter wrote it, with settings that would be lost here.',
      next: 'Update krafter: npm install -g krafter',
    });
  }
}

/** Offset of the value at a path, or of the nearest parent that is there. */
function offsetOf(contents: unknown, path: Path): number {
  let node = contents as
    | (Node & { items?: unknown[]; get?: (key: unknown, keep: true) => unknown })
    | null;
  let offset = node?.range?.[0] ?? 0;
  for (const part of path) {
    const items = node?.items as { key?: Node & { value?: unknown } }[] | undefined;
    const pair = items?.find(
      (item) => isScalar(item?.key) && String(item.key.value) === String(part),
    );
    if (pair?.key?.range) offset = pair.key.range[0];
    const next = node?.get?.(part, true) as typeof node | undefined;
    if (!next) break;
    node = next;
    if (!pair && node.range) offset = node.range[0];
  }
  return offset;
}

const firstLine = (text: string): string =>
  text.split('\n')[0]?.replace(/:?( at line.*)?$/, '') ?? text;

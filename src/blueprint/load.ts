import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { refuse, type Trouble } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { consequence } from './consequences.ts';
import { contradictions } from './contradictions.ts';
import { type Blueprint, blueprintSchema, blueprintVersion } from './schema.ts';
import { blueprintFile } from './write.ts';

type Path = readonly PropertyKey[];

/** A blueprint is a few kilobytes; beyond this it is something else. */
const largest = 1_000_000;

export function loadBlueprint(project: string): Blueprint {
  const file = join(project, blueprintFile);
  return parseBlueprint(readBlueprint(file), blueprintFile);
}

/** The text of a blueprint, or a refusal of what can't be one. */
export function readBlueprint(file: string): string {
  let bytes: Buffer;
  try {
    const size = statSync(file).size;
    if (size > largest) {
      throw refuse({
        what: `${blueprintFile} has ${Math.round(size / 1e6)} MB, which no blueprint has.`,
        where: file,
        next: 'Put the right file back; `krafter new --dry-run` shows what one looks like.',
      });
    }
    bytes = readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw refuse(unreadable(file, String(error.code)));
    throw error;
  }
  if (bytes.includes(0)) {
    throw refuse({
      what: `${blueprintFile} is a binary file, not YAML.`,
      where: file,
      next: 'Put the right file back.',
    });
  }
  return bytes.toString('utf8');
}

const unreadable = (file: string, code: string): Trouble =>
  code === 'ENOENT'
    ? {
        what: `There is no ${blueprintFile} here.`,
        where: file,
        why: 'It holds what the platform is; everything else follows from it.',
        next: 'Go to the project folder, or make one: krafter new shop',
      }
    : { what: `${blueprintFile} can not be read (${code}).`, where: file, next: `ls -l ${file}` };

/** The blueprint, or a refusal that names line, column and the nearest valid word. */
export function parseBlueprint(text: string, name: string): Blueprint {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const [syntax] = document.errors;
  if (syntax) {
    throw refuse({
      what: `${name} is not valid YAML: ${firstLine(syntax.message)}`,
      where: at(syntax.pos[0]),
      next: 'Mend that line.',
    });
  }
  const value = toPlain(document, name);
  if (value === null || value === undefined) {
    throw refuse({
      what: `${name} is empty.`,
      where: `${name}:1:1`,
      next: 'Put it back from version control, or make a new project: krafter new shop',
    });
  }
  refuseOtherVersion(value, name);
  const result = blueprintSchema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    if (!issue) throw new Error('zod refused without an issue');
    throw refuse(describe(issue, (path) => at(offsetOf(document.contents, path)), value));
  }
  const [contradiction] = contradictions(result.data);
  if (contradiction) {
    const { path, ...trouble } = contradiction;
    throw refuse({ ...trouble, where: `${at(offsetOf(document.contents, path))} ${dotted(path)}` });
  }
  return result.data;
}

function toPlain(document: ReturnType<typeof parseDocument>, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch {
    throw refuse({
      what: `${name} repeats itself through YAML aliases until it no longer fits into memory.`,
      where: name,
      next: 'Write the values out; a blueprint needs no anchors.',
    });
  }
}

function refuseOtherVersion(value: unknown, name: string): void {
  const version = (value as { version?: unknown }).version;
  if (typeof version === 'number' && version > blueprintVersion) {
    throw refuse({
      what: `${name} has version ${version}; this krafter knows up to ${blueprintVersion}.`,
      where: `${name}: version`,
      why: 'A newer krafter wrote it, with settings that would be lost here.',
      next: 'Update krafter: npm install -g krafter',
    });
  }
}

function describe(issue: z.core.$ZodIssue, at: (path: Path) => string, value: unknown): Trouble {
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    const path = [...issue.path, key];
    const near = nearest(key, keysAt(issue.path));
    return {
      what: `"${dotted(path)}" is not something a blueprint has.`,
      where: `${at(path)} ${dotted(path)}`,
      why: 'It would be ignored, and the platform would not be what it seems to say.',
      next: near
        ? `Did you mean "${near}"?`
        : `Remove it; ${blueprintFile.replace('.yaml', '.schema.json')} lists what there is.`,
    };
  }
  const given = valueAt(value, issue.path);
  const where = `${at(issue.path)} ${dotted(issue.path)}`;
  const why = consequence(issue.path);
  if (given === undefined) {
    return {
      what: `"${dotted(issue.path)}" is missing.`,
      where,
      ...why,
      next: `Add it: ${expected(issue)}`,
    };
  }
  const words = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  const near = nearest(String(given), words);
  return {
    what: `"${dotted(issue.path)}" is ${JSON.stringify(given)?.slice(0, 80)}, but ${expected(issue)}.`,
    where,
    ...why,
    next: near ? `Did you mean "${near}"?` : 'Change that line.',
  };
}

const expected = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    case 'too_small':
      return `must be at least ${issue.minimum}`;
    case 'too_big':
      return `must be at most ${issue.maximum}`;
    case 'invalid_format':
      return issue.message.startsWith('is ') ? `it ${issue.message}` : issue.message;
    case 'invalid_type':
      return `must be ${issue.expected === 'int' ? 'a whole number' : `of type ${issue.expected}`}`;
    default:
      return issue.message;
  }
};

const blueprintKeys = [
  'version',
  'name',
  'tier',
  'useCase',
  'language',
  'client',
  'deploy',
  'security',
  'monitoring',
  'registry',
  'cluster',
  'topics',
  'principals',
  'services',
];
const nestedKeys: Readonly<Record<string, readonly string[]>> = {
  cluster: ['id', 'brokers', 'heap', 'externalPort', 'hosts'],
  topics: [
    'name',
    'partitions',
    'key',
    'keyReason',
    'contents',
    'retention',
    'cleanup',
    'deadLettersOf',
    'load',
  ],
  load: ['throughput', 'perPartition', 'consumers'],
  principals: ['name', 'produce', 'consume', 'groups'],
  services: ['name', 'role', 'topic', 'port', 'group', 'deadLetters'],
};
const keysAt = (path: Path): readonly string[] => {
  const last = path.filter((part) => typeof part === 'string').at(-1);
  return last === undefined ? blueprintKeys : (nestedKeys[String(last)] ?? []);
};

const dotted = (path: Path): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inner, part) => (inner as Record<PropertyKey, unknown> | undefined)?.[part],
    value,
  );

/** Offset of the value at a path, or of the nearest parent that is there. */
function offsetOf(contents: unknown, path: Path): number {
  let node = contents as
    | (Node & { items?: unknown[]; get?: (key: unknown, keep: true) => unknown })
    | null;
  let offset = node?.range?.[0] ?? 0;
  for (const part of path) {
    const items = node?.items as { key?: Node & { value?: unknown } }[] | undefined;
    const pair = items?.find((item) => isScalar(item?.key) && item.key.value === part);
    if (pair?.key?.range) offset = pair.key.range[0];
    const next = node?.get?.(part, true) as typeof node | undefined;
    if (!next) break;
    node = next;
    if (!pair && node.range) offset = node.range[0];
  }
  return offset;
}

const firstLine = (text: string): string => text.split('\n')[0]?.replace(/ at line.*$/, '') ?? text;

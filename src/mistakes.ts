import type { z } from 'zod';
import type { Trouble } from './errors.ts';
import { nearest } from './nearest.ts';

export type Path = readonly PropertyKey[];

/** A kind of file that people write, and Zod looks at. */
export type Written = {
  readonly file: string;
  /** "a blueprint" */
  readonly is: string;
  readonly jsonSchema: object;
  /** Where the schema can be read. */
  readonly schemaFile: string;
  /** What would come of a key that there isn't. */
  readonly ignored: string;
  /** What would come of a wrong value. */
  readonly consequence?: (path: Path) => { why?: string };
  /** What was probably meant by a value. */
  readonly meant?: (key: string, given: unknown) => string | undefined;
  /** What tells the kinds of an entry apart. */
  readonly unionWords?: readonly string[];
};

type Issue = z.core.$ZodIssue;

/** The mistake to tell first: a misspelt key also leaves its right name missing. */
export const firstOf = (issues: readonly Issue[]): Issue | undefined =>
  issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];

/** Where the mistake is: the key that is too much, or the value that is wrong. */
export const pathOf = (issue: Issue): Path =>
  issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;

/** A mistake in such a file in a user's words, without its place. */
export function describe(issue: Issue, value: unknown, written: Written): Omit<Trouble, 'where'> {
  const path = pathOf(issue);
  if (issue.code === 'unrecognized_keys') {
    const key = String(path.at(-1));
    const used = Object.keys(valueAt(value, issue.path) as object);
    const near = nearest(
      key,
      keysAt(issue.path, written).filter((candidate) => !used.includes(candidate)),
    );
    return {
      what: `"${dotted(path)}" is not something ${written.is} has.`,
      why: written.ignored,
      next: near
        ? `Did you mean "${near}"?`
        : `Remove it; ${written.schemaFile} lists what there is.`,
    };
  }
  const subject = path.length === 0 ? written.file : `"${dotted(path)}"`;
  const why = written.consequence?.(path) ?? {};
  const given = valueAt(value, path);
  if (given === undefined) {
    return {
      what: `${subject} is missing.`,
      ...why,
      next: `Add it: it ${expected(issue, written)}.`,
    };
  }
  const words = wordsOf(issue, written);
  const near = written.meant?.(String(path.at(-1)), given) ?? nearest(String(given), words);
  return {
    what: `${subject} is ${shown(given)}, but it ${expected(issue, written)}.`,
    ...why,
    next: near ? `Did you mean "${near}"?` : 'Change it.',
  };
}

/** The words to choose from, where there are some. */
function wordsOf(issue: Issue, { unionWords = [] }: Written): readonly string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return issue.code === 'invalid_union' ? unionWords : [];
}

function expected(issue: Issue, written: Written): string {
  const words = wordsOf(issue, written);
  if (words.length > 0) return `must be ${words.length > 1 ? 'one of ' : ''}${words.join(', ')}`;
  switch (issue.code) {
    case 'too_small':
      return `must ${amount(issue.origin, `at least ${issue.minimum}`)}`;
    case 'too_big':
      return `must ${amount(issue.origin, `at most ${issue.maximum}`)}`;
    case 'invalid_type':
      // The schema's own words say more than the type.
      return issue.message.startsWith('must ')
        ? issue.message
        : `must be ${typeNames[issue.expected] ?? issue.expected}`;
    default:
      return issue.message;
  }
}

function amount(origin: string, limit: string): string {
  switch (origin) {
    case 'array':
      return `have ${limit}`;
    case 'string':
      return `have ${limit} characters`;
    default:
      return `be ${limit}`;
  }
}

const typeNames: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map (key: value)',
};

function shown(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'a map (key: value)';
  return typeof value === 'string' ? JSON.stringify(value).slice(0, 80) : String(value);
}

type JsonSchema = {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
};

/** The keys that a map at this place may have. */
function keysAt(path: Path, { jsonSchema }: Written): string[] {
  const inner = path.reduce<JsonSchema | undefined>(
    (schema, part) =>
      typeof part === 'number'
        ? schema?.items
        : (schema?.properties?.[String(part)] ?? schema?.additionalProperties),
    jsonSchema as JsonSchema,
  );
  const kinds = [inner, ...(inner?.anyOf ?? []), ...(inner?.oneOf ?? [])];
  return kinds.flatMap((kind) => Object.keys(kind?.properties ?? {}));
}

/** `services[1].port` */
export const dotted = (path: Path): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inner, part) => (inner as Record<PropertyKey, unknown> | undefined)?.[part],
    value,
  );

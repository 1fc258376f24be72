import type { z } from 'zod';
import type { Trouble } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { consequence } from './consequences.ts';
import { blueprintJsonSchema } from './json-schema.ts';
import { meantQuantity } from './units.ts';
import { blueprintFile, blueprintSchemaFile } from './write.ts';

export type Path = readonly PropertyKey[];

type Issue = z.core.$ZodIssue;

/** The mistake to tell first: a misspelt key also leaves its right name missing. */
export const firstOf = (issues: readonly Issue[]): Issue | undefined =>
  issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];

/** Where the mistake is: the key that is too much, or the value that is wrong. */
export const pathOf = (issue: Issue): Path =>
  issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;

/** A mistake in a blueprint in a user's words, without its place. */
export function describe(issue: Issue, blueprint: unknown): Omit<Trouble, 'where'> {
  const path = pathOf(issue);
  if (issue.code === 'unrecognized_keys') {
    const key = String(path.at(-1));
    const used = Object.keys(valueAt(blueprint, issue.path) as object);
    const near = nearest(
      key,
      keysAt(issue.path).filter((candidate) => !used.includes(candidate)),
    );
    return {
      what: `"${dotted(path)}" is not something a blueprint has.`,
      why: 'It would be ignored, and the platform would not be what it seems to say.',
      next: near
        ? `Did you mean "${near}"?`
        : `Remove it; ${blueprintSchemaFile} lists what there is.`,
    };
  }
  const subject = path.length === 0 ? blueprintFile : `"${dotted(path)}"`;
  const why = consequence(path);
  const given = valueAt(blueprint, path);
  if (given === undefined) {
    return { what: `${subject} is missing.`, ...why, next: `Add it: it ${expected(issue)}.` };
  }
  const words = wordsOf(issue);
  const near = meantQuantity(String(path.at(-1)), given) ?? nearest(String(given), words);
  return {
    what: `${subject} is ${shown(given)}, but it ${expected(issue)}.`,
    ...why,
    next: near ? `Did you mean "${near}"?` : 'Change it.',
  };
}

/** The words to choose from, where there are some. */
function wordsOf(issue: Issue): string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  // Only `role` tells one kind of entry from another.
  return issue.code === 'invalid_union' ? ['producer', 'consumer'] : [];
}

function expected(issue: Issue): string {
  const words = wordsOf(issue);
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
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
};

/** The keys that a map at this place may have. */
function keysAt(path: Path): string[] {
  const inner = path.reduce<JsonSchema | undefined>(
    (schema, part) =>
      typeof part === 'number' ? schema?.items : schema?.properties?.[String(part)],
    blueprintJsonSchema as JsonSchema,
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

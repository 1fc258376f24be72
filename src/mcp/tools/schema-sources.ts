import { basename } from 'node:path';
import { TypedError } from '../../errors.ts';
import { mostVersions, versionAt, versionsOf } from '../../files/git-tree.ts';
import { largestFile, readText } from '../../files/project-file.ts';
import { quoted } from '../../quoted.ts';
import { formatOfFile, formatOfText, looksLikeSchema } from '../../schemas/guess.ts';
import type { Format, Mode } from '../../schemas/schema.ts';
import type { ToolContext } from '../tool.ts';
import type { SchemaInput } from './schema-schema.ts';

export type Sources = {
  readonly format: Format;
  readonly text: string;
  readonly references: ReadonlyMap<string, string>;
  /** The oldest first. */
  readonly history: readonly string[];
  /** Of the history, what is left out. */
  readonly notes: readonly string[];
  /** That of the registry's subject, where nobody asked for another. */
  readonly mode?: Mode;
};

/** Characters of all texts of a question. */
const mostText = 4 * largestFile;

type Locate = ToolContext['locate'];

/** Everything that was handed in, as texts. */
export async function sourcesOf(given: SchemaInput, context: ToolContext): Promise<Sources> {
  const { locate } = context;
  const file = fileOf(given.schema);
  const text = textOf(given.schema, locate);
  const format = given.format ?? formatOf(file, text);
  if (format === undefined)
    throw invalid(
      'format',
      'The text does not tell which format it is.',
      'format: avro, protobuf or json',
    );
  const references = new Map(
    Object.entries(given.references ?? {}).map(([name, source]) => [name, textOf(source, locate)]),
  );
  let mode = given.mode;
  const [history, notes]: [string[], string[]] = [[], []];
  for (const source of given.against ?? []) {
    const subject = /^subject:(.{1,500})$/s.exec(source)?.[1];
    if (subject !== undefined) {
      const found = await ofSubject(subject, format, mode, context);
      mode = found.mode;
      history.push(...found.versions.map(({ text }) => text));
      // Those that were handed in come first; of several the newest.
      for (const { references: own } of found.versions.toReversed())
        for (const [name, text] of own) if (!references.has(name)) references.set(name, text);
      continue;
    }
    const base = /^git(?::(.*))?$/s.exec(source);
    if (!base) {
      history.push(textOf(source, locate));
      continue;
    }
    const found = await versions(given.schema, text, base[1], locate);
    history.push(...found.texts);
    notes.push(...found.notes);
  }
  if (history.length > mostVersions)
    throw invalid('against', `More than ${mostVersions} versions.`, 'Hand in the last ones.');
  const all = [text, ...references.values(), ...history];
  if (all.reduce((sum, { length }) => sum + length, 0) > mostText)
    throw invalid(
      'against',
      'The schemas are larger than 4 MB together.',
      'Hand in fewer versions.',
    );
  return { format, text, references, history, notes, ...(mode && { mode }) };
}

async function ofSubject(
  subject: string,
  format: Format,
  given: Mode | undefined,
  { env, signal }: ToolContext,
) {
  const { levelOf, registryOf, subjectVersions } = await import('../../cluster/registry.ts');
  const registry = registryOf(env);
  const mode = given ?? (await levelOf(registry, subject, signal));
  const most = mode.endsWith('_TRANSITIVE') ? mostVersions : 1;
  const versions = await subjectVersions(registry, subject, most, signal);
  const other = versions.find((one) => one.format !== format);
  if (other)
    throw invalid(
      'format',
      `The subject holds ${other.format}, the schema is ${format}.`,
      'Look at subject and format.',
    );
  return { mode, versions };
}

/** A JSON file may be of Avro too. */
function formatOf(file: string | undefined, text: string): Format | undefined {
  const byName = file === undefined ? undefined : formatOfFile(file);
  return byName === undefined || byName === 'json' ? (formatOfText(text) ?? byName) : byName;
}

/** `file:` and a path: how a source is told from a text, which never begins so. */
const fileOf = (source: string): string | undefined => /^file:(.+)$/s.exec(source)?.[1];

function textOf(source: string, locate: Locate): string {
  const file = fileOf(source);
  const text = (file === undefined ? source : contentOf(file, locate)).replace(/^\uFEFF/, '');
  if (text.length > largestFile)
    throw invalid('schema', 'A schema is larger than 1 MB.', 'Hand in the part that matters.');
  return text;
}

function contentOf(file: string, locate: Locate): string {
  const read = readText(located(file, locate));
  const content = read === 'binary' ? { skipped: 'not a text' } : read;
  if ('skipped' in content)
    throw invalid(
      file,
      `The file is ${content.skipped}.`,
      'Name another file, or hand in its text.',
    );
  // A name that many files have: others than schemas are not looked into.
  if (/\.json$/.test(file) && !looksLikeSchema(content.text))
    throw invalid(
      file,
      'The file is no schema that tells what it is.',
      'Hand in its text, and format.',
    );
  return content.text;
}

function located(file: string, locate: Locate): string {
  const path = formatOfFile(file) === undefined ? undefined : locate(file);
  if (path !== undefined) return path;
  throw new TypedError('not-found', {
    what: 'There is no such schema file.',
    where: file,
    next: 'file: and a path of an .avsc, .proto or .json below the folder that the server was started in, no link; or the text.',
  });
}

async function versions(schema: string, text: string, base: string | undefined, locate: Locate) {
  const file = fileOf(schema);
  if (file === undefined)
    throw invalid('against', 'git knows versions of files only.', 'schema: file: and its path');
  const path = located(file, locate);
  const asker = { where: 'against', without: 'Hand in what was there before as a text.' };
  if (base !== undefined) {
    const before = await versionAt(path, base, asker);
    return before === undefined
      ? { texts: [], notes: [`${quoted(basename(file))} was not there at ${quoted(base)}`] }
      : { texts: [before], notes: [] };
  }
  const { texts, older } = await versionsOf(path, asker);
  // What is committed already is no version before itself.
  const before = texts.at(-1) === text ? texts.slice(0, -1) : texts;
  const fitting = before.slice(-Math.max(1, Math.floor(mostText / 2 / largest(before))));
  const isPart = older || fitting.length < before.length;
  return {
    texts: fitting,
    notes: isPart ? [`of the history only the last ${fitting.length} versions`] : [],
  };
}

const largest = (texts: readonly string[]): number =>
  texts.reduce((most, { length }) => Math.max(most, length), 1);

const invalid = (where: string, what: string, next: string) =>
  new TypedError('invalid', { what, where, next });

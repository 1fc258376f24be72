import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { exitCode, obstacle, refuse } from '../errors.ts';
import type { Question, Verdict } from '../schemas/compatibility.ts';
import { formatOfFile } from '../schemas/guess.ts';
import { type Break, type Format, formats, InvalidSchema, modes } from '../schemas/schema.ts';
import { print, printJson, wrap } from './output.ts';

export type CompatOptions = {
  format?: string;
  mode?: string;
  reference: readonly string[];
  pairs?: string;
  json?: true;
};

/** `krafter schema compat`: the answer is no where one of the pairs does not go together. */
export async function schemaCompat(
  files: readonly string[],
  options: CompatOptions,
): Promise<void> {
  const questions =
    options.pairs === undefined
      ? [ofFiles(files, options)]
      : ofPairs(files, options.pairs, options);
  const { compatibility } = await import('../schemas/compatibility.ts');
  const results = questions.map((question) => answer(question, compatibility));
  if (options.json) printJson({ results });
  else print(results.map(shown).join('\n\n'));
  if (results.some(({ compatible }) => !compatible)) process.exitCode = exitCode.no;
}

type Result = { readonly compatible: boolean; readonly breaks: readonly Break[] };

/** No registry takes what is no schema, whatever came before it. */
function answer(question: Question, compatibility: (question: Question) => Verdict): Result {
  try {
    return compatibility(question);
  } catch (error) {
    if (!(error instanceof InvalidSchema)) throw error;
    return {
      compatible: false,
      breaks: [
        {
          path: '',
          kind: 'INVALID_SCHEMA',
          message: `One of the texts is no ${names[question.format]} schema: ${error.message}.`,
          instead: 'Mend the schema.',
        },
      ],
    };
  }
}

const names: Readonly<Record<Format, string>> = {
  avro: 'Avro',
  protobuf: 'Protobuf',
  json: 'JSON',
};

const shown = ({ compatible, breaks }: Result): string =>
  compatible
    ? 'compatible'
    : [
        `not compatible: ${breaks.length} break${breaks.length === 1 ? '' : 's'}`,
        ...breaks.flatMap(({ path, kind, message, instead }) => [
          `  ${kind}${path === '' ? '' : ` at ${path}`}`,
          `    ${wrap(message, '    ')}`,
          `    ${wrap(instead, '    ')}`,
        ]),
      ].join('\n');

function ofFiles(files: readonly string[], options: CompatOptions): Question {
  const [newest, ...older] = files.toReversed();
  if (newest === undefined || older.length === 0)
    throw refuse({
      what: 'Two schemas are compared: the old one and the new one.',
      where: 'krafter schema compat',
      next: 'krafter schema compat old.avsc new.avsc --mode BACKWARD',
    });
  return {
    format:
      options.format === undefined ? formatOf(newest) : oneOf('--format', options.format, formats),
    mode: oneOf('--mode', options.mode ?? 'BACKWARD', modes),
    text: text(newest),
    history: older.toReversed().map(text),
    references: references(options),
  };
}

const references = ({ reference }: CompatOptions): ReadonlyMap<string, string> =>
  new Map(reference.map((file) => [file, text(file)]));

function formatOf(file: string): Format {
  const format = formatOfFile(file);
  if (format !== undefined) return format;
  throw refuse({
    what: `The name ${basename(file)} does not tell which format it is.`,
    where: '--format',
    next: `Add --format ${formats.join(', --format ')}.`,
  });
}

const texts = z.union([z.string(), z.array(z.string()).min(1)]);
const line = z.object({
  format: z.enum(formats),
  mode: z.enum(modes).default('BACKWARD'),
  /** Several are a history, the oldest first. */
  old: texts,
  new: z.string(),
});

function ofPairs(files: readonly string[], pairs: string, options: CompatOptions): Question[] {
  if (files.length > 0)
    throw refuse({
      what: 'Schemas come from files or from --pairs, not from both.',
      where: '--pairs',
      next: `krafter schema compat --pairs ${pairs}`,
    });
  const beside = references(options);
  return text(pairs)
    .split('\n')
    .flatMap((written, index) => {
      if (written.trim() === '') return [];
      const { format, mode, old, new: newest } = pair(written, `${pairs}:${index + 1}`);
      const history = typeof old === 'string' ? [old] : old;
      return [{ format, mode, text: newest, history, references: beside }];
    });
}

function pair(written: string, where: string): z.infer<typeof line> {
  const read = line.safeParse(json(written));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw refuse({
    what: `A line of --pairs is no pair: ${[...(issue?.path ?? [])].join('.') || 'it'} ${issue?.message.toLowerCase() ?? ''}.`,
    where,
    next: '{"format": "avro", "mode": "BACKWARD", "old": "...", "new": "..."}',
  });
}

function json(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}

function oneOf<T extends string>(flag: string, given: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice.toLowerCase() === given.toLowerCase());
  if (found !== undefined) return found;
  throw refuse({
    what: `${flag} ${given.slice(0, 40)} is unknown.`,
    where: flag,
    next: `${flag} ${choices.join(', ')}`,
  });
}

function text(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    const trouble = { what: `${file} can not be read (${code}).`, where: file };
    throw code === 'ENOENT' || code === 'EISDIR' ? refuse(trouble) : obstacle(trouble, error);
  }
}

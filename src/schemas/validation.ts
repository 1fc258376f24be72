import { ProjectFile } from '../files/project-file.ts';
import { compatibility, schemaFormat, type Verdict } from './compatibility.ts';
import { pathAt } from './locate.ts';
import { withinStack } from './patience.ts';
import { missingOfProtobuf } from './protobuf/missing.ts';
import type { ProtobufSchema } from './protobuf/model.ts';
import { type Format, InvalidSchema, type Mode } from './schema.ts';

export type SchemaQuestion = {
  readonly format: Format;
  readonly text: string;
  /** By the names under which they are used. */
  readonly references: ReadonlyMap<string, string>;
};

/** What no registry takes, and where. */
export type Fault = {
  /** The reference that it is in, instead of the schema. */
  readonly reference?: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly says: string;
};

export type Validation =
  | { readonly valid: false; readonly fault: Fault }
  | {
      readonly valid: true;
      readonly normalForm: string;
      readonly fingerprints: Readonly<Record<string, string>>;
    };

/** Whether a text is a schema of its format; with everything that it uses. */
export function validation(question: SchemaQuestion): Validation {
  const { format, text, references } = question;
  const { parse, normalise, fingerprints } = schemaFormat(format);
  return faulty(question, () => {
    const schema = parse(text, references);
    if (format === 'protobuf')
      for (const missing of missingOfProtobuf(schema as ProtobufSchema))
        throw new InvalidSchema(missing);
    return {
      valid: true,
      normalForm: normalise(schema),
      fingerprints: fingerprints(schema),
    };
  });
}

export type Comparison = {
  readonly verdict?: Verdict;
  /** Of the history: what was no schema, and was left out. */
  readonly faults: readonly { readonly version: number; readonly fault: Fault }[];
};

/** A valid schema and what was before it, the oldest first. Versions count from 1. */
export function comparison(
  question: SchemaQuestion,
  mode: Mode,
  history: readonly string[],
): Comparison {
  const { parse } = schemaFormat(question.format);
  const versions = history.map((text, index) => {
    const read = faulty({ ...question, text }, () => {
      parse(text, question.references);
      return { valid: true as const };
    });
    return { text, version: index + 1, read };
  });
  const faults = versions.flatMap(({ version, read }) =>
    read.valid ? [] : [{ version, fault: read.fault }],
  );
  const valid = versions.filter(({ read }) => read.valid);
  if (valid.length === 0) return { faults };
  const { breaks, ...verdict } = compatibility({
    ...question,
    mode,
    history: valid.map(({ text }) => text),
  });
  const numbered = breaks.map((one) => ({
    ...one,
    version: valid[one.version - 1]?.version ?? one.version,
  }));
  return { verdict: { ...verdict, breaks: numbered }, faults };
}

function faulty<T extends { readonly valid: true }>(
  question: SchemaQuestion,
  work: () => T,
): T | { readonly valid: false; readonly fault: Fault } {
  try {
    return withinStack(work);
  } catch (error) {
    if (!(error instanceof InvalidSchema)) throw error;
    return { valid: false, fault: faultOf(error, question) };
  }
}

function faultOf(
  { problem: { says, start, end }, reference }: InvalidSchema,
  { format, text, references }: SchemaQuestion,
): Fault {
  const within = (reference === undefined ? text : references.get(reference)) ?? '';
  const { line, column } = new ProjectFile('schema', within).place(start, end);
  return {
    ...(reference === undefined ? {} : { reference }),
    line,
    column,
    path: pathAt(format, within, start),
    says,
  };
}

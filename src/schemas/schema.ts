/** What all formats have in common. */
import { createHash } from 'node:crypto';
import { mention } from '../quoted.ts';

export const modes = [
  'BACKWARD',
  'BACKWARD_TRANSITIVE',
  'FORWARD',
  'FORWARD_TRANSITIVE',
  'FULL',
  'FULL_TRANSITIVE',
  'NONE',
] as const;

export type Mode = (typeof modes)[number];

export const formats = ['avro', 'protobuf', 'json'] as const;

export type Format = (typeof formats)[number];

/** Two offsets in the text of a schema. */
export type Stretch = { readonly start: number; readonly end: number };

/** Why two schemas don't go together, in the words of Avro's and Confluent's own checks. */
export type Break = {
  /** Where in the schema of whoever reads: a JSON pointer; of Protobuf, names with dots. */
  readonly path: string;
  readonly kind: string;
  readonly message: string;
  /** The change that would have been compatible. */
  readonly instead: string;
};

/** Who reads whose records: the schema that is new reads old ones, or the other way round. */
export type Direction = 'new-reads-old' | 'old-reads-new';

/** How a message calls the two. */
export const roles = {
  'new-reads-old': { reader: 'the new schema', writer: 'the old schema' },
  'old-reads-new': { reader: 'the old schema', writer: 'the new schema' },
} as const satisfies Record<Direction, { reader: string; writer: string }>;

/** Something that no registry would take. */
export type Problem = Stretch & { readonly says: string };

/** A text that is no schema of its format. */
export class InvalidSchema extends Error {
  readonly problem: Problem;
  /** The name of the reference that it is in, instead of the schema itself. */
  readonly reference: string | undefined;

  constructor(problem: Problem, reference?: string) {
    super(reference === undefined ? problem.says : `${mention(reference)}: ${problem.says}`);
    this.problem = problem;
    this.reference = reference;
  }
}

/** What is wrong with a reference has its place in that text. */
export function ofReference<Schema>(name: string, parse: () => Schema): Schema {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof InvalidSchema) || error.reference !== undefined) throw error;
    throw new InvalidSchema(error.problem, name);
  }
}

/** What every format can do. */
export type SchemaFormat<Schema> = {
  /** Throws {@link InvalidSchema}. `references` are the texts that it imports, by their names. */
  parse(text: string, references: ReadonlyMap<string, string>): Schema;
  /** Why a reader with one schema can't read what was written with another. */
  compare(reader: Schema, writer: Schema, direction: Direction, wait?: () => void): Break[];
  /** Without what readers don't see: order of keys, blanks, documentation. */
  normalise(schema: Schema): string;
  /** Of the normal form, by algorithm, in hexadecimal digits. */
  fingerprints(schema: Schema): Readonly<Record<string, string>>;
};

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

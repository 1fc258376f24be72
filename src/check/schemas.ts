import type { Place } from '../files/place.ts';
import { ProjectFile } from '../files/project-file.ts';
import type { SchemaText } from '../landscape/facts/schema.ts';
import { type AvroSchema, parseAvro } from '../schemas/avro/parse.ts';
import { type JsonSchema, parseJsonSchema } from '../schemas/json/parse.ts';
import type { ProtoFile } from '../schemas/protobuf/model.ts';
import { parseProtobuf } from '../schemas/protobuf/parse.ts';
import { InvalidSchema, type Problem, type Stretch } from '../schemas/schema.ts';
import type { Known } from './rule.ts';

type Parsed =
  | { readonly format: 'avro'; readonly schema: AvroSchema }
  | { readonly format: 'protobuf'; readonly file: ProtoFile }
  | { readonly format: 'json-schema'; readonly schema: JsonSchema }
  | { readonly format: 'none'; readonly problem: Problem };

export type ReadSchema = {
  readonly text: SchemaText;
  readonly parsed: Parsed;
  readonly place: (stretch: Stretch) => Place;
};

const read = new WeakMap<SchemaText, ReadSchema>();

/** The landscape's schemas, parsed once for all rules. */
export const schemasOf = ({ landscape }: Known): ReadSchema[] =>
  landscape.schemas.map((text) => {
    const before = read.get(text);
    if (before) return before;
    let file: ProjectFile | undefined;
    const schema: ReadSchema = {
      text,
      parsed: parsed(text),
      place({ start, end }) {
        if (text.inside) return text.at;
        file ??= new ProjectFile(text.at.file, text.text);
        return file.place(start, end);
      },
    };
    read.set(text, schema);
    return schema;
  });

function parsed({ format, text }: SchemaText): Parsed {
  try {
    if (format === 'avro') return { format, schema: parseAvro(text) };
    if (format === 'protobuf') return { format, file: parseProtobuf(text) };
    return { format, schema: parseJsonSchema(text) };
  } catch (error) {
    if (error instanceof InvalidSchema) return { format: 'none', problem: error.problem };
    throw error;
  }
}

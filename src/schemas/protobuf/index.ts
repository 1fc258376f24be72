import { createHash } from 'node:crypto';
import type { SchemaFormat } from '../schema.ts';
import { compareProtobuf } from './compare.ts';
import type { ProtoFile } from './model.ts';
import { parseProtobuf } from './parse.ts';
import { tokensOf } from './tokens.ts';

export type ProtobufSchema = {
  readonly text: string;
  readonly file: ProtoFile;
  /** As far as they were given. */
  readonly imported: readonly ProtoFile[];
};

export const protobufFormat: SchemaFormat<ProtobufSchema> = {
  parse: (text, references) => {
    const file = parseProtobuf(text);
    const imported = new Map<string, ProtoFile>();
    const wanted = [...file.imports];
    for (const name of wanted) {
      const reference = named(references, name);
      if (reference === undefined || imported.has(name)) continue;
      const other = parseProtobuf(reference);
      imported.set(name, other);
      wanted.push(...other.imports);
    }
    return { text, file, imported: [...imported.values()] };
  },
  compare: compareProtobuf,
  normalise: ({ text }) =>
    tokensOf(text)
      .map((token) => token.text)
      .join(' '),
  fingerprint: (schema) =>
    createHash('sha256').update(protobufFormat.normalise(schema)).digest('hex'),
};

/** An import is a path from a root that the file does not know: `common/money.proto`. */
const named = (references: ReadonlyMap<string, string>, wanted: string): string | undefined =>
  references.get(wanted) ??
  [...references].find(([name]) => name.endsWith(`/${wanted}`) || wanted.endsWith(`/${name}`))?.[1];

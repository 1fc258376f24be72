import { ofReference, type SchemaFormat, sha256 } from '../schema.ts';
import { compareProtobuf } from './compare.ts';
import type { ProtobufSchema, ProtoFile } from './model.ts';
import { parseProtobuf } from './parse.ts';
import { tokensOf } from './tokens.ts';

export const protobufFormat: SchemaFormat<ProtobufSchema> = {
  parse: (text, references) => {
    const file = parseProtobuf(text);
    const imported = new Map<string, ProtoFile>();
    const wanted = [...file.imports];
    for (const { name } of wanted) {
      const reference = named(references, name);
      if (reference === undefined || imported.has(name)) continue;
      const other = ofReference(name, () => parseProtobuf(reference));
      imported.set(name, other);
      wanted.push(...other.imports);
    }
    return { text, file, imported };
  },
  compare: compareProtobuf,
  normalise: ({ text }) => normal(text),
  fingerprints: ({ text }) => ({ 'SHA-256': sha256(normal(text)) }),
};

const normal = (text: string): string =>
  tokensOf(text)
    .map((token) => token.text)
    .join(' ');

/** An import is a path from a root that the file does not know: `common/money.proto`. */
const named = (references: ReadonlyMap<string, string>, wanted: string): string | undefined =>
  references.get(wanted) ??
  [...references].find(([name]) => name.endsWith(`/${wanted}`) || wanted.endsWith(`/${name}`))?.[1];

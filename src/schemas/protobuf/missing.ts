import { quoted } from '../../quoted.ts';
import type { Problem } from '../schema.ts';
import { allTypes, type ProtobufSchema } from './model.ts';
import { Scope } from './scope.ts';

/** What a registry brings along itself. */
const isGoogles = (name: string): boolean => /^\.?google[./](protobuf|type)[./]/.test(name);

/** Imports that were not given, and types that nothing defines: what protoc stops at. */
export function* missingOfProtobuf(schema: ProtobufSchema): Generator<Problem> {
  const { file, imported } = schema;
  const missing = file.imports.filter(({ name }) => !isGoogles(name) && !imported.has(name));
  for (const { name, at } of missing)
    yield { says: `${quoted(name)} is imported, and was not given`, start: at.start, end: at.end };
  if (missing.length > 0) return;
  const scope = new Scope(schema);
  for (const type of allTypes(file.types)) {
    if (type.kind !== 'message') continue;
    for (const { type: name, typeAt } of type.fields)
      if (!isGoogles(name) && !scope.knows(name, type))
        yield { says: `${name} is not defined`, start: typeAt.start, end: typeAt.end };
  }
}

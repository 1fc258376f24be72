import type { Stretch } from '../schema.ts';
import { type AvroField, type AvroRecord, type AvroType, typesOf } from './model.ts';

export type FieldOf = { readonly record: AvroRecord; readonly field: AvroField };

/** All fields, and those of types within. */
export function* avroFields(root: AvroType): Generator<FieldOf> {
  for (const record of typesOf(root))
    if (record.kind === 'record') for (const field of record.fields) yield { record, field };
}

/** The one type beside null, or the type itself. */
export function beside(type: AvroType): AvroType {
  if (type.kind !== 'union') return type;
  const others = type.branches.filter(({ kind }) => kind !== 'null');
  return others.length === 1 && others[0] ? others[0] : type;
}

/** Null is the default, and not the first type: Avro before 1.12 refuses the schema. */
export function nullNotFirst({ field: { type, default: given } }: FieldOf): Stretch | undefined {
  if (type.kind !== 'union' || given?.kind !== 'null') return undefined;
  const [first] = type.branches;
  return first?.kind !== 'null' && type.branches.some(({ kind }) => kind === 'null')
    ? type.at
    : undefined;
}

import type { JsonNode } from '../../files/formats/json-tree.ts';
import type { Stretch } from '../schema.ts';

export const primitives = [
  'null',
  'boolean',
  'int',
  'long',
  'float',
  'double',
  'bytes',
  'string',
] as const;

export type Primitive = (typeof primitives)[number];

type At = { readonly at: Stretch; readonly logicalType?: string };

export type AvroPrimitive = At & { readonly kind: Primitive };
export type AvroArray = At & { readonly kind: 'array'; items: AvroType };
export type AvroMap = At & { readonly kind: 'map'; values: AvroType };
export type AvroUnion = At & { readonly kind: 'union'; readonly branches: AvroType[] };

type Named = At & {
  readonly name: string;
  /** Undefined is the null namespace. */
  readonly namespace: string | undefined;
  readonly fullName: string;
  readonly nameAt: Stretch;
  /** Full names. */
  readonly aliases: readonly string[];
  readonly doc: boolean;
};

export type AvroField = {
  readonly name: string;
  readonly at: Stretch;
  readonly nameAt: Stretch;
  type: AvroType;
  readonly default: JsonNode | undefined;
  readonly aliases: readonly string[];
  readonly doc: boolean;
};

export type AvroRecord = Named & { readonly kind: 'record'; readonly fields: AvroField[] };
export type AvroEnum = Named & {
  readonly kind: 'enum';
  readonly symbols: readonly string[];
  readonly default: string | undefined;
};
export type AvroFixed = Named & { readonly kind: 'fixed'; readonly size: number };

/** A name that is defined neither here nor in what was given beside it. */
export type AvroUnresolved = At & { readonly kind: 'unresolved'; readonly fullName: string };

export type AvroNamed = AvroRecord | AvroEnum | AvroFixed;

/** A type that is used by its name is the very object that defines it: types may be circular. */
export type AvroType = AvroPrimitive | AvroArray | AvroMap | AvroUnion | AvroNamed | AvroUnresolved;

export const isNamed = (type: AvroType): type is AvroNamed =>
  type.kind === 'record' || type.kind === 'enum' || type.kind === 'fixed';

/** Each type once, those that others consist of after them. */
export function* typesOf(root: AvroType): Generator<AvroType> {
  const seen = new Set<AvroType>([root]);
  for (const type of seen) {
    yield type;
    for (const part of partsOf(type)) seen.add(part);
  }
}

function partsOf(type: AvroType): readonly AvroType[] {
  switch (type.kind) {
    case 'array':
      return [type.items];
    case 'map':
      return [type.values];
    case 'union':
      return type.branches;
    case 'record':
      return type.fields.map((field) => field.type);
    default:
      return [];
  }
}

import type { Stretch } from '../schema.ts';

export type Label = 'required' | 'optional' | 'repeated';

export type ProtoField = {
  readonly name: string;
  readonly tag: number;
  readonly label: Label | undefined;
  /** As written; of a map its value's. */
  readonly type: string;
  /** Of a map. */
  readonly keyType?: string;
  readonly oneof?: string;
  readonly at: Stretch;
  readonly nameAt: Stretch;
  readonly typeAt: Stretch;
  readonly tagAt: Stretch;
  readonly deprecated?: true;
};

/** Both ends belong to it. */
export type Range = { readonly from: number; readonly to: number };

type Reserved = { readonly ranges: readonly Range[]; readonly names: readonly string[] };

type Definition = {
  readonly name: string;
  /** With the messages around it, without the package. */
  readonly path: string;
  readonly at: Stretch;
  readonly nameAt: Stretch;
  readonly reserved: Reserved;
};

export type ProtoMessage = Definition & {
  readonly kind: 'message';
  readonly fields: readonly ProtoField[];
  readonly types: readonly ProtoType[];
};

export type ProtoValue = {
  readonly name: string;
  readonly number: number;
  readonly at: Stretch;
};

export type ProtoEnum = Definition & {
  readonly kind: 'enum';
  readonly values: readonly ProtoValue[];
  readonly alias: boolean;
};

export type ProtoType = ProtoMessage | ProtoEnum;

type ProtoImport = { readonly name: string; readonly at: Stretch };

export type ProtoFile = {
  /** `proto2` where nothing is said. */
  readonly syntax: string;
  readonly syntaxAt?: Stretch;
  readonly package: string | undefined;
  readonly imports: readonly ProtoImport[];
  readonly types: readonly ProtoType[];
  /** It has a service: what gRPC is for. */
  readonly service: boolean;
};

export type ProtobufSchema = {
  readonly text: string;
  readonly file: ProtoFile;
  /** By their names, as far as they were given. */
  readonly imported: ReadonlyMap<string, ProtoFile>;
};

/** With those inside them. */
export function* allTypes(types: readonly ProtoType[]): Generator<ProtoType> {
  for (const type of types) {
    yield type;
    if (type.kind === 'message') yield* allTypes(type.types);
  }
}

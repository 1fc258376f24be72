import type { JsonNode } from '../../files/formats/json-tree.ts';

type Written = {
  readonly node: JsonNode;
  /** It has a `default`. */
  readonly hasDefault?: boolean;
  readonly connectType?: string;
};

export type ObjectShape = Written & {
  readonly kind: 'object';
  readonly properties: ReadonlyMap<string, Shape>;
  readonly patterns: readonly { readonly pattern: RegExp; readonly shape: Shape }[];
  readonly required: ReadonlySet<string>;
  readonly additional: Rest;
  readonly unevaluated: Shape | undefined;
  readonly limits: Limits;
  readonly neededWith: ReadonlyMap<string, ReadonlySet<string>>;
  readonly shapesWith: ReadonlyMap<string, Shape>;
};

export type ArrayShape = Written & {
  readonly kind: 'array';
  /** Of all items. */
  readonly every: Shape | undefined;
  /** Of the first, the second ... */
  readonly each: readonly Shape[];
  readonly additional: Rest;
  readonly unevaluated: Shape | undefined;
  readonly unique: boolean;
  readonly limits: Limits;
};

/** What is not named: whether it may be there, and of which shape it must be. */
export type Rest = { readonly allowed: boolean; readonly shape: Shape | undefined };

/** By keyword: `maxLength`, `minimum`. */
export type Limits = ReadonlyMap<string, number>;

/** A schema as everit and Confluent see it: one kind, or several of them together. */
export type Shape =
  | (Written & { readonly kind: 'anything' | 'nothing' | 'boolean' | 'null' | 'conditional' })
  | (Written & {
      readonly kind: 'string';
      readonly limits: Limits;
      readonly pattern: string | undefined;
    })
  | (Written & { readonly kind: 'number'; readonly whole: boolean; readonly limits: Limits })
  | (Written & { readonly kind: 'const'; readonly value: string })
  | (Written & { readonly kind: 'enum'; readonly values: ReadonlySet<string> })
  | (Written & { readonly kind: 'not'; readonly shape: Shape })
  | (Written & {
      readonly kind: 'combined';
      readonly criterion: 'allOf' | 'anyOf' | 'oneOf';
      readonly parts: readonly Shape[];
    })
  | ObjectShape
  | ArrayShape
  | (Written & { readonly kind: 'reference'; readonly to: () => Shape });

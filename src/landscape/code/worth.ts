import type { Span } from '../../files/formats/syntax-tree.ts';
import type { Place } from '../../files/place.ts';
import type { Value } from '../facts/setting.ts';
import type { Call, Code, Expression, Scope } from './program.ts';

/** Where an expression stands. */
export type Site = {
  readonly code: Code;
  readonly scope: Scope;
  /** What a function was called with. */
  readonly given?: ReadonlyMap<string, Worth>;
};

export type Member = { readonly key: string; readonly keyAt: Place; readonly worth: Worth };

export type Worth = { readonly at: Place } & (
  | {
      readonly is: 'text';
      readonly value: Value;
      readonly number?: true;
      /** It stands there in quotes. */
      readonly quoted?: true;
    }
  | {
      readonly is: 'map';
      /** In order; the last of a key counts. */
      readonly members: readonly Member[];
      /** More is put in, unseen. */
      readonly open: boolean;
      /** Of a struct, or an object that is filled in: its type. */
      readonly type?: string;
    }
  | { readonly is: 'list'; readonly items: readonly Worth[]; readonly open: boolean }
  /** Of another module: a constant, a class. */
  | { readonly is: 'name'; readonly name: string }
  /** What a call gives; or something declared to be of a type, whose name it has. */
  | { readonly is: 'made'; readonly by: string; readonly call?: Call; readonly site: Site }
  | { readonly is: 'unknown'; readonly why: string }
);

/** What the evaluator knows of what is outside of a file. */
export type World = {
  /** The files that a module's name stands for. */
  readonly other: (from: Code, module: string) => readonly Code[];
  /** Files whose names are known here without an import, as far as they may have this one. */
  readonly beside: (code: Code, name: string) => readonly Code[];
  /** Whether something of that name is known: of several open modules, the one that has it is meant. */
  readonly knows: (name: string) => boolean;
  /** The text of a constant of Kafka's: `acks` for `...ProducerConfig.ACKS_CONFIG`. */
  readonly constant: (name: string) => string | undefined;
  /** What fills in `${name:default}`. */
  readonly filledIn: (text: string) => Value;
};

export function memberOf(worth: Worth & { is: 'map' }, key: string): Worth | undefined {
  return worth.members.findLast((one) => one.key === key)?.worth;
}

export const textIn = (worth: Worth | undefined): string | undefined =>
  worth?.is === 'text' && 'known' in worth.value ? worth.value.known : undefined;

export function defaulted(worth: Worth & { is: 'text' }, name: string): Worth {
  const { value } = worth;
  if ('unknown' in value) return worth;
  return { ...worth, value: { ...value, from: value.from ?? `the default of ${name}` } };
}

export const place = ({ start, end }: Span, { code }: Site): Place => code.file.place(start, end);

export const unknown = (expression: Expression, site: Site, why: string): Worth => ({
  is: 'unknown',
  why,
  at: place(expression, site),
});

import type { CompoundCommand, CompoundList, Redirected } from 'unbash';
import type { Value } from '../../facts/configuration.ts';

/** What a variable, or a positional parameter, holds; several for an array. */
export type Held = Value | readonly Value[];

export type Body = CompoundCommand | CompoundList | Redirected;

/** What a script's variables may hold where the script has come to. */
export class Scope {
  readonly variables: Map<string, Held>;
  readonly functions: Map<string, Body>;
  /** `$1` and so on; undefined where they come from outside. */
  positional: readonly Value[] | undefined;
  /** What is known of variables that the script does not set: undefined where nothing is. */
  readonly around: (name: string) => Value | undefined;

  constructor(around: Scope['around'], { variables, functions, positional }: Partial<Scope> = {}) {
    this.around = around;
    this.variables = new Map(variables);
    this.functions = functions ?? new Map();
    this.positional = positional;
  }

  get(name: string): Held | undefined {
    if (/^[1-9]$/.test(name)) return this.positional?.[Number(name) - 1];
    if (name === '@' || name === '*') return this.positional;
    return this.variables.get(name) ?? this.around(name);
  }

  set(name: string, value: Held): void {
    if (this.variables.size < mostVariables || this.variables.has(name))
      this.variables.set(name, value);
  }

  /** A subshell, or one of several ways: what it sets is its own. */
  copy(positional = this.positional): Scope {
    return new Scope(this.around, { ...this, positional });
  }

  /** After one of several ways was taken, nobody knows which: what they agree on holds. */
  join(ways: readonly Scope[]): void {
    const names = new Set(ways.flatMap(({ variables }) => [...variables.keys()]));
    for (const name of names) {
      const [first, ...others] = ways.map((way) => way.get(name));
      const isSame = first && others.every((one) => one && isEqual(one, first));
      this.set(name, isSame ? first : { unknown: `$${name} is set in several ways` });
    }
  }
}

const mostVariables = 1_000;

const isEqual = (one: Held, other: Held): boolean =>
  one === other || ('known' in one && 'known' in other && one.known === other.known);

export const elsewhere = (name: string): Value => ({ unknown: `$${name} is put in elsewhere` });

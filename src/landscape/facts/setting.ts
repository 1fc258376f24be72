import type { Place } from '../../files/place.ts';

/**
 * As it is written, or why files don't tell: a variable without a default, a secret's place. `from`
 * says where it was written, if not at its place: an environment file, a variable's default.
 */
export type Value =
  | { readonly known: string; readonly from?: string }
  | { readonly unknown: string };

/** A value's text, where files tell it. */
export const knownText = (value: Value | undefined): string | undefined =>
  value && 'known' in value ? value.known : undefined;

/** A value and where it stands. */
export type Located = { readonly value: Value; readonly at: Place };

export type Setting = {
  /** Kafka's own name of it, whatever the file calls it. */
  readonly key: string;
  /** As the file calls it, where that is another: KAFKA_PROCESS_ROLES, enable_idempotence. */
  readonly written?: string;
  readonly value: Value;
  readonly keyAt: Place;
  readonly valueAt: Place;
  /** In a program, and no text in quotes there: a number, a constant's name. */
  readonly bare?: true;
};

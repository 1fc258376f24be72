import { avroFormat } from './avro/index.ts';
import { jsonFormat } from './json/index.ts';
import { patience, withinStack } from './patience.ts';
import { protobufFormat } from './protobuf/index.ts';
import {
  type Break,
  type Direction,
  type Format,
  type Mode,
  ofReference,
  type SchemaFormat,
} from './schema.ts';

/** With which version of the history; 1 is the oldest. */
type BreakWith = Break & { readonly version: number };
export type Verdict = { readonly compatible: boolean; readonly breaks: readonly BreakWith[] };

export type Question = {
  readonly format: Format;
  readonly mode: Mode;
  readonly text: string;
  /** The versions before it, the oldest first. */
  readonly history: readonly string[];
  readonly references?: ReadonlyMap<string, string>;
};

const ofFormat = { avro: avroFormat, json: jsonFormat, protobuf: protobufFormat } as const;

export const schemaFormat = (format: Format): SchemaFormat<unknown> =>
  ofFormat[format] as SchemaFormat<unknown>;

/**
 * Whether a registry with this mode takes a new version: against the one before it, or all of them
 * where the mode is transitive. Throws InvalidSchema, also with NONE: no registry takes that.
 */
export function compatibility(question: Question): Verdict {
  return withinStack(() => judge(schemaFormat(question.format), question));
}

function judge<Schema>(
  { parse, compare }: SchemaFormat<Schema>,
  { mode, text, history, references = new Map() }: Question,
): Verdict {
  const schema = parse(text, references);
  const wait = patience();
  const first = mode.endsWith('_TRANSITIVE') ? 0 : Math.max(history.length - 1, 0);
  const breaks = history
    .slice(first)
    .map((old, index) => ofReference(`version ${first + index + 1}`, () => parse(old, references)))
    .flatMap((old, index) =>
      directions(mode).flatMap((direction) =>
        (direction === 'new-reads-old'
          ? compare(schema, old, direction, wait)
          : compare(old, schema, direction, wait)
        ).map((one) => ({ ...one, version: first + index + 1 })),
      ),
    );
  return { compatible: breaks.length === 0, breaks };
}

function directions(mode: Mode): readonly Direction[] {
  if (mode === 'NONE') return [];
  if (mode.startsWith('BACKWARD')) return ['new-reads-old'];
  if (mode.startsWith('FORWARD')) return ['old-reads-new'];
  return ['new-reads-old', 'old-reads-new'];
}

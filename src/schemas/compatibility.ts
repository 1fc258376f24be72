import { avroFormat } from './avro/index.ts';
import { jsonFormat } from './json/index.ts';
import { protobufFormat } from './protobuf/index.ts';
import type { Break, Direction, Format, Mode, SchemaFormat } from './schema.ts';

export type Verdict = { readonly compatible: boolean; readonly breaks: readonly Break[] };

export type Question = {
  readonly format: Format;
  readonly mode: Mode;
  readonly text: string;
  /** The versions before it, the oldest first. */
  readonly history: readonly string[];
  readonly references?: ReadonlyMap<string, string>;
};

const ofFormat = { avro: avroFormat, json: jsonFormat, protobuf: protobufFormat } as const;

/**
 * Whether a registry with this mode takes a new version: against the one before it, or all of them
 * where the mode is transitive. Throws InvalidSchema, also with NONE: no registry takes that.
 */
export function compatibility(question: Question): Verdict {
  return judge(ofFormat[question.format] as SchemaFormat<unknown>, question);
}

function judge<Schema>(
  { parse, compare }: SchemaFormat<Schema>,
  { mode, text, history, references = new Map() }: Question,
): Verdict {
  const schema = parse(text, references);
  const before = history.slice(mode.endsWith('_TRANSITIVE') ? 0 : -1);
  const breaks = before
    .map((old) => parse(old, references))
    .flatMap((old) =>
      directions(mode).flatMap((direction) =>
        direction === 'new-reads-old'
          ? compare(schema, old, direction)
          : compare(old, schema, direction),
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

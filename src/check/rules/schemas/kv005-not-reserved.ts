import { allTypes, type ProtoMessage } from '../../../schemas/protobuf/model.ts';
import { parseProtobuf } from '../../../schemas/protobuf/parse.ts';
import { InvalidSchema } from '../../../schemas/schema.ts';
import type { Rule } from '../../rule.ts';
import { schemasOf } from '../../schemas.ts';

export const notReserved: Rule = {
  code: 'KV005',
  title: 'A removed Protobuf field whose number is not reserved',
  severity: 'warning',
  confidence: 'high',
  across: true,
  story:
    'A year later somebody takes the free number for a new field. Records that are still in the topic have something else there, and it is read without an error.',
  source: 'Protobuf, Language Guide: Deleting Fields',
  noFix: 'whether the field was moved on purpose is not in the file',
  *check(known) {
    for (const { text, parsed, place } of schemasOf(known)) {
      if (text.before === undefined || parsed.format !== 'protobuf') continue;
      const now = messages(text.text);
      for (const [path, before] of messages(text.before)) {
        const message = now.get(path);
        if (!message) continue;
        const tags = new Set(message.fields.map(({ tag }) => tag));
        const isReserved = (tag: number) =>
          message.reserved.ranges.some(({ from, to }) => tag >= from && tag <= to);
        const gone = before.fields.filter(({ tag }) => !tags.has(tag) && !isReserved(tag));
        if (gone.length > 0)
          yield {
            at: place(message.nameAt),
            says: `${path} had ${gone.map(({ name, tag }) => `${name} = ${tag}`).join(', ')}; the number is free again.`,
            next: `Add: reserved ${gone.map(({ tag }) => tag).join(', ')};`,
          };
      }
    }
  },
};

function messages(text: string): Map<string, ProtoMessage> {
  try {
    const all = [...allTypes(parseProtobuf(text).types)];
    return new Map(all.flatMap((type) => (type.kind === 'message' ? [[type.path, type]] : [])));
  } catch (error) {
    if (error instanceof InvalidSchema) return new Map();
    throw error;
  }
}

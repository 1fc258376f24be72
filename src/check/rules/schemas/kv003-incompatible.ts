import { compatibility } from '../../../schemas/compatibility.ts';
import { InvalidSchema } from '../../../schemas/schema.ts';
import type { Rule } from '../../rule.ts';
import { schemasOf } from '../../schemas.ts';

export const incompatible: Rule = {
  code: 'KV003',
  title: 'A change of a schema that consumers can not read',
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'The registry refuses the schema when the new producer starts; or, where it checks nothing, consumers with the new schema end at the first record of the old one, and stay there.',
  source: 'Schema Resolution (Avro), Updating a Message Type (Protobuf), Confluent Schema Registry',
  noFix: 'what the field means to others is not in the file',
  *check(known) {
    for (const { text, parsed, place } of schemasOf(known)) {
      if (text.before === undefined || text.before === text.text || parsed.format === 'none')
        continue;
      const format = text.format === 'json-schema' ? 'json' : text.format;
      const [first, ...others] = breaks({ format, text: text.text, history: [text.before] });
      if (!first) continue;
      yield {
        at: place({ start: 0, end: 0 }),
        says: `Not compatible (BACKWARD) with what it was: ${first.message}${others.length > 0 ? ` And ${others.length} more.` : ''}`,
        next: first.instead,
      };
    }
  },
};

/** Nothing where it was no schema before, or uses others that are not known here. */
function breaks(question: Omit<Parameters<typeof compatibility>[0], 'mode'>) {
  try {
    return compatibility({ ...question, mode: 'BACKWARD' }).breaks;
  } catch (error) {
    if (error instanceof InvalidSchema) return [];
    throw error;
  }
}

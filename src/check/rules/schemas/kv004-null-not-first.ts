import { avroFields, nullNotFirst } from '../../../schemas/avro/lint.ts';
import type { Rule } from '../../rule.ts';
import { schemasOf } from '../../schemas.ts';

export const nullIsNotFirst: Rule = {
  code: 'KV004',
  title: 'A default of null, and null is not the first type',
  severity: 'warning',
  confidence: 'high',
  story:
    'The default of a union is one of its first type. Avro before 1.12, and most other languages, refuse the schema; some take it and have no default: the field can never be left out.',
  source: 'Avro specification, Unions: the default must correspond to the first schema',
  noFix: 'the order of a union is part of what is written: its number changes',
  *check(known) {
    for (const { parsed, place } of schemasOf(known)) {
      if (parsed.format !== 'avro') continue;
      for (const one of avroFields(parsed.schema.root)) {
        const at = nullNotFirst(one);
        if (at)
          yield {
            at: place(at),
            says: `The default of ${one.field.name} is null, and its first type is not.`,
            next: 'Put "null" first in the union.',
          };
      }
    }
  },
};

import { avroFields, beside } from '../../../schemas/avro/lint.ts';
import { isTimestamp } from '../../../schemas/names.ts';
import type { Rule } from '../../rule.ts';
import { schemasOf } from '../../schemas.ts';

export const timestampAsNumber: Rule = {
  code: 'KV013',
  title: 'A point in time as a plain number or text',
  severity: 'info',
  confidence: 'medium',
  story:
    'One service writes seconds, another reads milliseconds: everything happened in January 1970, and no type says who is right.',
  source: 'Avro specification, Logical Types: timestamp-millis, timestamp-micros',
  noFix: 'the unit is not in the file',
  *check(known) {
    for (const { parsed, place } of schemasOf(known)) {
      if (parsed.format !== 'avro') continue;
      for (const { field } of avroFields(parsed.schema.root)) {
        const type = beside(field.type);
        if (!isTimestamp(field.name) || type.logicalType !== undefined) continue;
        if (type.kind === 'long' || type.kind === 'string')
          yield {
            at: place(field.nameAt),
            says: `${field.name} is a ${type.kind} without a logicalType.`,
            next: 'Use {"type": "long", "logicalType": "timestamp-millis"}.',
          };
      }
    }
  },
};

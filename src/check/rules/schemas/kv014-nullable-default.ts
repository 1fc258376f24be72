import { avroFields } from '../../../schemas/avro/lint.ts';
import { typesOf } from '../../../schemas/avro/model.ts';
import type { Rule } from '../../rule.ts';
import { schemasOf } from '../../schemas.ts';

export const nullableWithoutDefault: Rule = {
  code: 'KV014',
  title: 'An Avro field that may be null, and has no default',
  severity: 'info',
  confidence: 'high',
  story:
    'The field is not needed any more and removed. Consumers with the old schema end at the first record without it: null would do, but nothing says that it may be taken.',
  source: 'Avro specification, Schema Resolution: a field without a default that the writer lacks',
  noFix: 'where null is not the first type, its order changes what is written',
  *check(known) {
    for (const { parsed, place } of schemasOf(known)) {
      if (parsed.format !== 'avro') continue;
      const all = [...avroFields(parsed.schema.root)].filter(
        ({ field: { type, default: given } }) =>
          given === undefined &&
          type.kind === 'union' &&
          type.branches.some(({ kind }) => kind === 'null'),
      );
      for (const record of typesOf(parsed.schema.root)) {
        const [first, ...others] = all.filter((one) => one.record === record);
        if (!first) continue;
        const names = [first, ...others].map(({ field }) => field.name);
        const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
        yield {
          at: place(first.field.nameAt),
          says: `${names.slice(0, 5).join(', ')}${more} may be null, without a default.`,
          next: 'Put "null" first in the union, and add "default": null.',
        };
      }
    }
  },
};

import { typesOf } from '../../../schemas/avro/model.ts';
import type { Rule } from '../../rule.ts';
import { schemasOf } from '../../schemas.ts';

export const enumWithoutDefault: Rule = {
  code: 'KV012',
  title: 'An Avro enum without a default symbol',
  severity: 'info',
  confidence: 'high',
  story:
    'A symbol is added. Consumers that have the old schema end at the first record with it, since nothing says what they should take instead.',
  source: 'Avro specification, Enums: default',
  noFix: 'which symbol stands for what is unknown is not in the file',
  *check(known) {
    for (const { parsed, place } of schemasOf(known)) {
      if (parsed.format !== 'avro') continue;
      for (const type of typesOf(parsed.schema.root))
        if (type.kind === 'enum' && type.default === undefined)
          yield {
            at: place(type.nameAt),
            says: `${type.name} has no default for symbols that a reader does not know.`,
            next: 'Add a symbol such as UNKNOWN, and make it the default.',
          };
    }
  },
};

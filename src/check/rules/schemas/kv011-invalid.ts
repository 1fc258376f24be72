import type { Rule } from '../../rule.ts';
import { schemasOf } from '../../schemas.ts';

export const invalidSchema: Rule = {
  code: 'KV011',
  title: 'A schema that no registry takes',
  severity: 'error',
  confidence: 'high',
  story:
    'The build that generates classes fails, or the registry answers 42201 when the first record is to be written: at start, in production, where the schema is read for the first time.',
  source: 'org.apache.avro.Schema.Parser, protoc, the JSON Schema meta-schemas',
  noFix: 'what was meant is not in the file',
  *check(known) {
    for (const { text, parsed, place } of schemasOf(known)) {
      if (parsed.format !== 'none') continue;
      // What another file defines is not missing.
      if (/^nothing is at /.test(parsed.problem.says)) continue;
      yield {
        at: place(parsed.problem),
        says: `No ${names[text.format]}: ${parsed.problem.says}.`,
      };
    }
  },
};

const names = { avro: 'Avro schema', protobuf: 'Protobuf', 'json-schema': 'JSON Schema' } as const;

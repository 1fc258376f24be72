import type { Tool } from '../tool.ts';
import { schemaInput, schemaOutput } from './schema-schema.ts';
import { schemaText } from './schema-text.ts';

export const schemaValidate: Tool<typeof schemaInput, typeof schemaOutput> = {
  name: 'schema_validate',
  description:
    'Avro, Protobuf or JSON Schema: valid, unwise, compatible with older versions? schema, against (oldest first) and references (by name) are texts or file:PATH in the folder here; against also git (versions of the file), git:REF or subject:NAME (registry). detail: normal form and fingerprints too.',
  input: schemaInput,
  output: schemaOutput,
  annotations: { readOnlyHint: true, openWorldHint: false },
  async run(context, given, budget) {
    // Parsers and rules are loaded when somebody asks: a server starts for other tools too.
    const { schemaAnswer } = await import('./schema-answer.ts');
    return schemaAnswer(context, given, budget);
  },
  text: schemaText,
};

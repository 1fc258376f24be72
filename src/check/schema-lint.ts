import { newestRelease } from '../catalog/kafka-keys/releases.ts';
import { ProjectFile } from '../files/project-file.ts';
import { landscapeOf } from '../landscape/facts/index.ts';
import type { Format } from '../schemas/schema.ts';
import { environmentsOf } from './environment.ts';
import type { Finding } from './rule.ts';
import { schemaLintRules } from './rules/schemas/lint.ts';

/** What the rules of `krafter check` say of one valid schema, which followed another or none. */
export function schemaFindings(
  format: Format,
  text: string,
  before: string | undefined,
): readonly Finding[] {
  const at = new ProjectFile('schema', text).place(0, 0);
  const schema = { format: format === 'json' ? 'json-schema' : format, text, at } as const;
  const landscape = landscapeOf([
    { schemas: [before === undefined ? schema : { ...schema, before }] },
  ]);
  const known = {
    landscape,
    release: newestRelease,
    keys: () => new Map(),
    environmentOf: environmentsOf(landscape),
  };
  return schemaLintRules
    .flatMap((rule) => [...rule.check(known)].map((found) => ({ ...found, rule })))
    .sort(({ at: one }, { at: other }) => one.line - other.line || one.column - other.column);
}

import { oldestRelease } from '../../../catalog/kafka-keys/releases.ts';
import { check } from '../../../catalog/kafka-keys/value.ts';
import type { Rule } from '../../rule.ts';
import { ofJava } from '../../settings.ts';
import { inlineComment } from './kg006-inline-comment.ts';

export const invalidValue: Rule = {
  code: 'KG004',
  title: 'A value that Kafka refuses',
  severity: 'error',
  confidence: 'high',
  story:
    'The process ends with a ConfigException before it does anything, and a rolling restart stops at the first machine; or, worse, at the last one.',
  source: 'ConfigDef.parseType and the validator of the key',
  noFix: 'What was meant is not in the file.',
  *check(known) {
    for (const { kind, settings, release } of ofJava(known)) {
      for (const setting of settings) {
        const { key, value, valueAt } = setting;
        const definition = known.keys(kind, release).get(key);
        if (!definition || !('known' in value) || inlineComment(definition, value.known)) continue;
        const problem = check(definition, value.known);
        // A secret is not repeated.
        const shown =
          definition.type === 'PASSWORD' ? 'has a value that' : `is "${value.known}", which`;
        if (!problem) continue;
        const before = known.keys(kind, oldestRelease).get(key);
        const isNew = before && check(before, value.known) === undefined;
        yield {
          at: valueAt,
          says: `${key} ${shown} ${problem}.`,
          ...(isNew && {
            next: `Kafka ${oldestRelease} took it, ${release ?? known.release} does not: see the upgrade notes.`,
          }),
        };
      }
    }
  },
};

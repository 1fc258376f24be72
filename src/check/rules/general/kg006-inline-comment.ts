import type { Key } from '../../../catalog/kafka-keys/key.ts';
import type { Rule } from '../../rule.ts';

export const commentInValue: Rule = {
  code: 'KG006',
  title: 'A comment behind a value',
  severity: 'error',
  confidence: 'high',
  story:
    'A .properties file has comments on lines of their own only. Here the value is the whole rest of the line: a switch is neither true nor false, a name never matches.',
  source: 'java.util.Properties.load',
  *check({ landscape, keys }) {
    for (const { kind, settings } of landscape.configurations) {
      for (const { key, value, valueAt } of settings) {
        const known = keys(kind).get(key);
        if (!known || !('known' in value) || !inlineComment(known, value.known)) continue;
        yield {
          at: valueAt,
          says: `The value of ${key} is "${value.known}", comment and all.`,
          next: 'Put the comment on a line of its own, above.',
        };
      }
    }
  },
};

/** Not in secrets, where any character may stand. */
export const inlineComment = ({ type }: Key, text: string): boolean =>
  type !== 'PASSWORD' && /\s#/.test(text);

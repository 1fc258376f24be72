import type { Key } from '../../../catalog/kafka-keys/key.ts';
import { check } from '../../../catalog/kafka-keys/value.ts';
import type { Place } from '../../../files/place.ts';
import { fixOf } from '../../edits.ts';
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
    for (const { kind, settings, release, code } of landscape.configurations) {
      if (code) continue;
      for (const { key, value, keyAt, valueAt } of settings) {
        const known = keys(kind, release).get(key);
        if (!known || !('known' in value) || !inlineComment(known, value.known)) continue;
        yield {
          at: valueAt,
          says: `The value of ${key} is "${value.known}", comment and all.`,
          next: 'Put the comment on a line of its own, above.',
          ...apart(known, key, value.known, keyAt, valueAt),
        };
      }
    }
  },
};

/** Not in secrets, where any character may stand. */
export const inlineComment = ({ type }: Key, text: string): boolean =>
  type !== 'PASSWORD' && /\s#/.test(text);

/** The comment on a line above; nothing where the rest is no value either. */
function apart(known: Key, key: string, text: string, keyAt: Place, valueAt: Place) {
  const start = text.search(/\s#/);
  const value = text.slice(0, start).trimEnd();
  if (check(known, value) !== undefined || /[\\\n\r]/.test(text)) return {};
  const above = { ...keyAt, endLine: keyAt.line, endColumn: keyAt.column };
  return fixOf(true, `Move the comment of ${key} above it`, [
    { at: above, text: `${text.slice(start).trim()}\n` },
    { at: valueAt, text: value, was: text },
  ]);
}

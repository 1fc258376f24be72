import type { Rule } from '../../rule.ts';
import { ofJava } from '../../settings.ts';

export const deprecatedKey: Rule = {
  code: 'KG003',
  title: 'A key that will go',
  severity: 'warning',
  confidence: 'high',
  story:
    'It works today. The next major release ignores it or refuses to start, on the night of the upgrade.',
  source: '@Deprecated on the constants of the key, or the documentation of its ConfigDef',
  noFix: 'What to set instead is often another thing.',
  *check(known) {
    for (const { kind, settings, release: own = known.release } of ofJava(known)) {
      for (const { key, keyAt } of settings) {
        const definition = known.keys(kind, own).get(key);
        if (!definition?.deprecated) continue;
        yield {
          at: keyAt,
          says: `${key} is deprecated in Kafka ${own}.`,
          next: definition.about,
        };
      }
    }
  },
};

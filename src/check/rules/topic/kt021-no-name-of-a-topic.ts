import type { Rule } from '../../rule.ts';

const longest = 249;

export const noNameOfATopic: Rule = {
  code: 'KT021',
  title: 'A name that no topic can have',
  severity: 'error',
  confidence: 'high',
  story:
    'The topic is not made, and a producer that relies on it waits for its metadata until its time is up.',
  source: 'Topic.validate: letters, digits, dot, underscore and dash, at most 249',
  noFix: 'What it is to be called, its readers must know.',
  *check({ landscape }) {
    for (const { name } of landscape.topics) {
      if (!('known' in name.value)) continue;
      const text = name.value.known;
      // `<your-topic>` is for people to fill in.
      if (/[<>{}$%]/.test(text)) continue;
      const isValid = /^[a-zA-Z0-9._-]+$/.test(text) && !/^\.\.?$/.test(text);
      if (isValid && text.length <= longest) continue;
      yield {
        at: name.at,
        says: isValid
          ? `The name has ${text.length} characters, of at most ${longest}.`
          : `"${text.slice(0, 60)}" has other characters than letters, digits, dots, underscores and dashes.`,
        next: 'Take such as orders.placed.',
      };
    }
  },
};

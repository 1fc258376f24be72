import type { Rule } from '../../rule.ts';
import { ofJava, settingOf, textOf } from '../../settings.ts';

const expected = {
  producer: { suffix: 'serializer', wrong: /Deserializer$/, right: 'Serializer' },
  consumer: { suffix: 'deserializer', wrong: /(?<!De|de)[Ss]erializer$/, right: 'Deserializer' },
} as const;

export const wrongWayRound: Rule = {
  code: 'KC015',
  title: 'A serializer where a deserializer belongs, or the reverse',
  severity: 'error',
  confidence: 'high',
  story:
    'The client does not start: the class is there, but it is none of the kind that is asked for.',
  source: 'AbstractConfig.getConfiguredInstance',
  noFix: 'a class of that name may not be there',
  *check(known) {
    for (const configuration of ofJava(known, 'producer', 'consumer')) {
      const { suffix, wrong, right } = expected[configuration.kind as 'producer' | 'consumer'];
      for (const part of ['key', 'value']) {
        const setting = settingOf(configuration, `${part}.${suffix}`);
        const name = textOf(setting);
        if (setting && name && wrong.test(name))
          yield {
            at: setting.valueAt,
            says: `${setting.key} is ${name}.`,
            next: `A class that ends in ${right} is meant.`,
          };
      }
    }
  },
};

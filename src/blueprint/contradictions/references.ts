import type { Blueprint } from '../schema.ts';
import type { Contradiction } from './contradiction.ts';

/** Topics that are named somewhere, and are not among the topics. */
export function references({ topics, principals, services }: Blueprint): Contradiction[] {
  const names = topics.map(({ name }) => name);
  const missing = (name: string, path: readonly PropertyKey[], why: string): Contradiction[] =>
    names.includes(name)
      ? []
      : [
          {
            path,
            what: `Topic ${name} is not among the topics.`,
            why,
            next: `Add it under topics, or use one of ${names.slice(0, 5).join(', ')}.`,
          },
        ];
  return [
    ...principals.flatMap((principal, index) =>
      (['produce', 'consume'] as const).flatMap((right) =>
        principal[right].flatMap((name, position) =>
          missing(
            name,
            ['principals', index, right, position],
            'A right on a topic that does not exist grants nothing.',
          ),
        ),
      ),
    ),
    ...services.flatMap((service, index) => [
      ...missing(
        service.topic,
        ['services', index, 'topic'],
        'Topics are not created automatically: every send would fail.',
      ),
      ...(service.role === 'consumer'
        ? missing(
            service.deadLetters,
            ['services', index, 'deadLetters'],
            'A poison record would have nowhere to go and stop its partition.',
          )
        : []),
    ]),
    ...topics.flatMap((topic, index) =>
      topic.deadLettersOf
        ? missing(
            topic.deadLettersOf,
            ['topics', index, 'deadLettersOf'],
            'Dead letters come from a topic.',
          )
        : [],
    ),
  ];
}

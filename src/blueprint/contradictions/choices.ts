import { available, clients, isAvailable } from '../../catalog/choices.ts';
import type { Blueprint } from '../schema.ts';
import type { Contradiction } from './contradiction.ts';

/** Answers that no release generates yet, or that do not go together. */
export const choices = (blueprint: Blueprint): Contradiction[] => [
  ...notYet(blueprint),
  ...clientOfLanguage(blueprint),
];

const answers = {
  tier: available.tier,
  language: available.lang,
  client: available.client,
  deploy: available.deploy,
  security: available.security,
  monitoring: available.monitoring,
  registry: available.registry,
} as const satisfies Partial<Record<keyof Blueprint, readonly (string | number)[]>>;

function notYet(blueprint: Blueprint): Contradiction[] {
  return Object.entries(answers).flatMap(([key, today]) => {
    const answer = key as keyof typeof answers;
    const choices: readonly (string | number)[] = today;
    return choices.includes(blueprint[answer])
      ? []
      : [
          {
            path: [answer],
            what: `${answer} ${blueprint[answer]} is not available yet; today: ${choices.join(', ')}.`,
            next: `Choose one of ${choices.join(', ')}.`,
          },
        ];
  });
}

function clientOfLanguage(blueprint: Blueprint): Contradiction[] {
  const client = clients.find(({ id }) => id === blueprint.client);
  if (!client || client.language === blueprint.language) return [];
  const own = clients.filter(
    ({ id, language }) => language === blueprint.language && isAvailable(id),
  );
  return [
    {
      path: ['client'],
      what: `${client.id} is a client for ${client.language}, but the language is ${blueprint.language}.`,
      next: `Choose ${own.map(({ id }) => id).join(' or ')}, or language ${client.language}.`,
    },
  ];
}

import { isCancel, select } from '@clack/prompts';
import type { Given } from '../answers/resolve.ts';
import { available, clients, defaults, type Language, languageTitles } from '../catalog/choices.ts';
import { useCases } from '../catalog/use-cases/index.ts';
import { tell } from './output.ts';

/** At most three questions: what neither a flag nor a file has answered. */
export async function ask(given: Given, found: Given): Promise<Given> {
  const tier =
    given.tier ??
    found.tier ??
    (await choose('What is it for?', defaults.tier, [
      { value: 1, label: 'Development', hint: 'one broker on this machine' },
      { value: 2, label: 'Production', hint: 'three brokers, SCRAM over TLS, monitoring' },
    ] as const));
  const useCase =
    given.useCase ??
    found.useCase ??
    (await choose(
      'What will it carry?',
      defaults.useCase,
      Object.values(useCases).map(({ id, title, summary }) => ({
        value: id,
        label: title,
        hint: summary,
      })),
    ));
  const language =
    given.language ??
    found.language ??
    clients.find(({ id }) => id === (given.client ?? found.client))?.language ??
    (await choose(
      'Which language are your services in?',
      defaults.language,
      clients
        .filter(({ preferred, language }) => preferred && isAvailable(language))
        .map(({ language: value, title }) => ({
          value,
          label: languageTitles[value],
          hint: title,
        })),
    ));
  return { ...given, tier, useCase, language };
}

const isAvailable = (language: Language): boolean =>
  (available.lang as readonly Language[]).includes(language);

type Option<T> = { readonly value: T; readonly label: string; readonly hint: string };

async function choose<T extends string | number>(
  message: string,
  initialValue: T,
  options: readonly Option<T>[],
): Promise<T> {
  const answer = await select<T>({
    message,
    initialValue,
    options: [...options] as Parameters<typeof select<T>>[0]['options'],
    output: process.stderr,
  });
  if (isCancel(answer)) {
    tell('Stopped; nothing was written.');
    throw new DOMException('stopped at a question', 'AbortError');
  }
  return answer as T;
}

import { clients, type Language } from '../../catalog/choices.ts';
import { useCases } from '../../catalog/use-cases/index.ts';
import type { Answer, Answers } from './finding.ts';

const languageTitles: Readonly<Record<Language, string>> = {
  python: 'Python',
  java: 'Java',
  node: 'Node.js',
  go: 'Go',
};

const titles: { readonly [A in Answer]?: (value: Answers[A]) => string } = {
  language: (value) => languageTitles[value],
  client: (value) => clients.find(({ id }) => id === value)?.title ?? value,
  useCase: (value) => useCases[value].title,
  tier: (value) => `tier ${value}`,
};

/** A value as people call it. */
export function titleOf<A extends Answer>(answer: A, value: Answers[A]): string {
  return titles[answer]?.(value) ?? String(value);
}

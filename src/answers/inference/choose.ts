import {
  clients,
  deployments,
  languages,
  monitorings,
  registries,
  securities,
  tiers,
  useCaseIds,
} from '../../catalog/choices.ts';
import { type Answer, type Answers, type Finding, strengths } from './finding.ts';
import { titleOf } from './titles.ts';

/** The answers of which a project has one. The others (topics, events, connectors) add up. */
export const singleAnswers = [
  'language',
  'client',
  'useCase',
  'tier',
  'deployment',
  'security',
  'monitoring',
  'registry',
] as const satisfies readonly Answer[];
export type SingleAnswer = (typeof singleAnswers)[number];
export const listAnswers = ['connector', 'topic', 'event'] as const satisfies readonly Answer[];
type ListAnswer = (typeof listAnswers)[number];

type FindingOf<A extends Answer> = Finding & { readonly answer: A };

export type Choice<A extends Answer> = {
  readonly value: Answers[A];
  /** The finding that decided. */
  readonly finding: FindingOf<A>;
  /** Where several values competed: which was taken, and why. */
  readonly reason?: string;
};
export type Chosen = { readonly [A in SingleAnswer]?: Choice<A> } & {
  readonly [A in ListAnswer]: readonly Choice<A>[];
};

// Where the lesser is part of the greater, the greater is the answer.
const greatestWins: readonly Answer[] = ['tier', 'monitoring'];

/** The order of the last resort: that of the catalogue, where the default comes first. */
const order: { readonly [A in SingleAnswer]: readonly Answers[A][] } = {
  language: languages,
  client: clients.map(({ id }) => id),
  useCase: useCaseIds,
  tier: tiers,
  deployment: deployments,
  security: securities,
  monitoring: monitorings,
  registry: registries,
};

/** One value for each answer, from all the findings. */
export function choose(findings: readonly Finding[]): Chosen {
  const language = chooseOne('language', findings);
  const ofLanguage = (client: string) =>
    clients.some(({ id, language: its }) => id === client && its === language?.value);
  const usable = findings.filter(({ answer, value }) => answer !== 'client' || ofLanguage(value));
  const single = singleAnswers.flatMap((answer) => {
    const choice = chooseOne(answer, usable);
    return choice ? [[answer, choice]] : [];
  });
  const lists = listAnswers.map((answer) => [answer, chooseAll(answer, findings)]);
  return Object.fromEntries([...single, ...lists]) as Chosen;
}

type Candidate<A extends Answer> = {
  readonly value: Answers[A];
  /** The firmest first. */
  readonly findings: readonly FindingOf<A>[];
  readonly strength: number;
  /** In how many files it shows. */
  readonly files: number;
};

function chooseOne<A extends SingleAnswer>(
  answer: A,
  findings: readonly Finding[],
): Choice<A> | undefined {
  const ranked = candidates(answer, findings).sort((a, b) => compare(answer, a, b));
  const [first, second] = ranked;
  const finding = first?.findings[0];
  if (!first || !finding) return undefined;
  if (!second) return { value: first.value, finding };
  return { value: first.value, finding, reason: reasonFor(answer, first, second) };
}

function candidates<A extends Answer>(answer: A, findings: readonly Finding[]): Candidate<A>[] {
  const its = findings.filter((one): one is FindingOf<A> => one.answer === answer);
  const byValue = Map.groupBy(its, ({ value }) => value as Answers[A]);
  return [...byValue].map(([value, all]) => {
    const sorted = all.toSorted(
      (a, b) =>
        strengths.indexOf(a.strength) - strengths.indexOf(b.strength) ||
        depth(a.file) - depth(b.file) ||
        compareText(a.file, b.file) ||
        a.line - b.line,
    );
    const firmest = sorted[0]?.strength ?? 'hinted';
    const counted = firmest === 'hinted' ? all : all.filter((one) => one.strength !== 'hinted');
    return {
      value,
      findings: sorted,
      strength: strengths.indexOf(firmest),
      files: new Set(counted.map(({ file }) => file)).size,
    };
  });
}

function compare<A extends SingleAnswer>(answer: A, a: Candidate<A>, b: Candidate<A>): number {
  const rank = (one: Candidate<A>) => order[answer].indexOf(one.value);
  if (greatestWins.includes(answer)) return rank(b) - rank(a);
  return a.strength - b.strength || b.files - a.files || rank(a) - rank(b);
}

function reasonFor<A extends SingleAnswer>(
  answer: A,
  taken: Candidate<A>,
  left: Candidate<A>,
): string {
  const both = `${counted(answer, taken)} rather than ${counted(answer, left)}`;
  if (greatestWins.includes(answer)) return `${both}: the more demanding one is taken`;
  const [against] = left.findings;
  if (taken.strength < left.strength && against) {
    const { file, line, why } = against;
    return `${both}: for ${titleOf(answer, left.value)} there is only ${file}:${line}, which ${why}`;
  }
  if (taken.files > left.files) return `${both}: it shows in more files`;
  return `${both}: both show equally, so krafter's own order decides`;
}

function counted<A extends Answer>(answer: A, { value, files }: Candidate<A>): string {
  return `${titleOf(answer, value)} (${files} ${files === 1 ? 'file' : 'files'})`;
}

function chooseAll<A extends ListAnswer>(answer: A, findings: readonly Finding[]): Choice<A>[] {
  return candidates(answer, findings)
    .flatMap(({ value, findings: [finding] }) => (finding ? [{ value, finding }] : []))
    .sort((a, b) => compareText(String(a.value), String(b.value)));
}

const depth = (file: string) => file.split('/').length;
const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

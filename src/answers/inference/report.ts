import { type Chosen, listAnswers, type SingleAnswer, singleAnswers } from './choose.ts';
import type { Answer, Finding } from './finding.ts';
import { titleOf } from './titles.ts';

/** One answer as it is told to a person: what, where it was found, and what it was chosen over. */
export type Told = {
  readonly answer: Answer;
  /** "Python, confluent-kafka". */
  readonly says: string;
  /** "services/api/pyproject.toml:14". */
  readonly where: string;
  readonly reason?: string;
};

/** What was inferred, in the order of the questions; a client is told with its language. */
export function told(chosen: Chosen): Told[] {
  const single = singleAnswers.flatMap((answer) => {
    if (answer === 'client' || (answer === 'language' && chosen.client)) return [];
    return toldOne(chosen, answer);
  });
  const lists = listAnswers.flatMap((answer) =>
    chosen[answer].map(({ value, finding }) => ({
      answer,
      says: `${answer} ${value}`,
      where: placeOf(finding),
    })),
  );
  return [...toldClient(chosen), ...single, ...lists];
}

function toldClient({ language, client }: Chosen): Told[] {
  if (!language || !client) return [];
  const reason = [language.reason, client.reason].filter((one) => one !== undefined).join('; ');
  const says = `${titleOf('language', language.value)}, ${titleOf('client', client.value)}`;
  const where = placeOf(client.finding);
  return [{ answer: 'client', says, where, ...(reason === '' ? {} : { reason }) }];
}

function toldOne(chosen: Chosen, answer: SingleAnswer): Told[] {
  const choice = chosen[answer];
  if (!choice) return [];
  const { reason } = choice;
  const title = titleOf(answer, choice.value);
  const says = ['security', 'monitoring', 'registry'].includes(answer)
    ? `${answer} ${title}`
    : title;
  return [{ answer, says, where: placeOf(choice.finding), ...(reason ? { reason } : {}) }];
}

const placeOf = ({ file, line }: Finding) => `${file}:${line}`;

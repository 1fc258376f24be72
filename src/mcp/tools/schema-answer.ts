import { schemaFindings } from '../../check/schema-lint.ts';
import { TypedError } from '../../errors.ts';
import { bounded } from '../../quoted.ts';
import { InvalidSchema, type Mode } from '../../schemas/schema.ts';
import { comparison, type Fault, validation } from '../../schemas/validation.ts';
import { fitted } from '../budget.ts';
import { said } from '../numbers.ts';
import { tokens } from '../tokens.ts';
import type { ToolContext } from '../tool.ts';
import type { SchemaAnswer, SchemaInput } from './schema-schema.ts';
import { type Sources, sourcesOf } from './schema-sources.ts';
import { faultText, schemaText } from './schema-text.ts';

/** All that is to be said of a schema, as far as it fits. */
export async function schemaAnswer(
  context: ToolContext,
  given: SchemaInput,
  budget: number,
): Promise<SchemaAnswer> {
  const sources = await sourcesOf(given, context);
  const valid = validation(sources);
  if (!valid.valid)
    return {
      valid: false,
      format: sources.format,
      problem: { ...shownFault(valid.fault) },
      breaks: [],
      lint: [],
    };
  const compared = given.against ? compatible(sources) : undefined;
  const findings = schemaFindings(sources.format, sources.text, sources.history.at(-1));
  const from = Number(given.cursor ?? '0');
  const breaks = compared?.breaks ?? [];
  const isOfBreaks = breaks.length > 0;
  if (from > Math.max(breaks.length, findings.length))
    throw invalid('cursor', 'The cursor points behind the last entry.', 'Ask again without it.');
  const notes = [...sources.notes, ...(compared?.notes ?? [])].map((note) => sentence(note));
  const answer: SchemaAnswer = {
    valid: true,
    format: sources.format,
    ...(compared === undefined ? {} : compared.answer),
    breaks: breaks.slice(isOfBreaks ? from : 0),
    lint: findings.slice(isOfBreaks ? 0 : from).map(({ rule, at, says, next }) => ({
      code: rule.code,
      severity: rule.severity,
      line: at.line,
      says: sentence(says),
      ...(next === undefined ? {} : { next: sentence(next) }),
    })),
    ...(given.detail ? { fingerprints: valid.fingerprints } : {}),
    ...(notes.length > 0 ? { notes: firstOf(notes) } : {}),
  };
  const shown = fitted<SchemaAnswer>(
    answer,
    isOfBreaks
      ? [
          { list: 'breaks', first: 1, from },
          { list: 'lint', first: 1 },
        ]
      : [{ list: 'lint', first: 1, from }],
    budget,
    schemaText,
  );
  return given.detail ? withNormalForm(shown, valid.normalForm, budget) : shown;
}

/** The whole of it or nothing: a part is another schema. */
function withNormalForm(answer: SchemaAnswer, normalForm: string, budget: number): SchemaAnswer {
  const whole = { ...answer, normalForm };
  if (tokens(JSON.stringify(whole)) + tokens(schemaText(answer)) <= budget) return whole;
  const note = `the normal form has ${said(normalForm.length)} characters, too many for an answer: krafter schema validate --json`;
  return { ...answer, notes: [...(answer.notes ?? []), note] };
}

function compatible(sources: Sources) {
  const { history, mode = 'BACKWARD' } = sources;
  if (history.length === 0)
    return { answer: {}, breaks: [], notes: ['there is no version before it'] };
  const { verdict, faults } = compared(sources, mode);
  const [first] = faults;
  if (!verdict)
    throw invalid(
      'against',
      `No version that it is compared with is valid: ${first ? faultText(first.fault) : ''}.`,
      'Look at format, and at references: they are used for older versions too.',
    );
  return {
    answer: {
      compatible: verdict.compatible,
      mode,
      versions: mode.endsWith('_TRANSITIVE') ? history.length - faults.length : 1,
    },
    breaks: verdict.breaks.map(({ path, kind, message, instead, version }) => ({
      path: bounded(path),
      kind,
      says: sentence(message),
      instead: sentence(instead),
      ...(history.length > 1 ? { version } : {}),
    })),
    notes: faults.map(
      ({ version, fault }) => `version ${version} is not valid, and left out: ${faultText(fault)}`,
    ),
  };
}

function compared(sources: Sources, mode: Mode) {
  try {
    return comparison(sources, mode, sources.history);
  } catch (error) {
    if (!(error instanceof InvalidSchema)) throw error;
    throw invalid('against', `They can not be compared: ${error.message}.`, 'Compare a part.');
  }
}

const invalid = (where: string, what: string, next: string) =>
  new TypedError('invalid', { what: sentence(what), where, next });

/** Names within it are in quotes already, where they are more than names. */
const sentence = (text: string): string => bounded(text, 300);

const firstOf = (notes: readonly string[]): string[] =>
  notes.length > 5 ? [...notes.slice(0, 4), `and ${notes.length - 4} more notes`] : [...notes];

const shownFault = ({ reference, line, column, path, says }: Fault) => ({
  ...(reference === undefined ? {} : { reference: bounded(reference) }),
  line,
  column,
  path: bounded(path),
  says: sentence(says),
});

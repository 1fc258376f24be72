import { refuse } from '../../errors.ts';
import type { Place } from '../../files/place.ts';
import { describe, firstOf, type Path, pathOf } from '../../mistakes.ts';
import { nearest } from '../../nearest.ts';
import { strictYaml } from '../../strict-yaml.ts';
import type { Rule } from '../rule.ts';
import { policyJsonSchema } from './json-schema.ts';
import { type PolicyFile, policySchema } from './schema.ts';

export const policyFile = 'krafter.check.yaml';

/** What a repository says about how it wants to be checked. */
export type Policy = PolicyFile & {
  /** Where an ignored finding is named, for the entry's own faults. */
  readonly placeOf: (ignored: PolicyFile['ignore'][number]) => Place;
};

export const noPolicy: Policy = {
  ...policySchema.parse({ version: 1 }),
  placeOf: () => {
    throw new Error('nothing is ignored');
  },
};

const written = {
  file: policyFile,
  is: policyFile,
  jsonSchema: policyJsonSchema,
  schemaFile: 'krafter.check.schema.json',
  ignored: 'It would be ignored, and something else checked than this file seems to say.',
};

/** The file's text as a policy, or a refusal that names line, column and the nearest word. */
export function parsePolicy(text: string, name: string, rules: readonly Rule[]): Policy {
  const { value, place } = strictYaml(text, name, {
    noAliases: 'Write the values out; this file needs no anchors and aliases.',
    whenEmpty: 'It starts with `version: 1`.',
  });
  const result = policySchema.safeParse(value);
  if (!result.success) {
    const issue = firstOf(result.error.issues);
    if (!issue) throw new Error('zod refused without an issue');
    throw refuse({ ...describe(issue, value, written), where: place(pathOf(issue)) });
  }
  const codes = rules.map(({ code }) => code as string);
  for (const { code, path } of namedCodes(result.data)) {
    if (codes.includes(code)) continue;
    const near = nearest(code, codes);
    throw refuse({
      what: `There is no rule ${code}.`,
      where: place(path),
      next: near ? `Did you mean ${near}?` : '`krafter explain` lists the rules.',
    });
  }
  return {
    ...result.data,
    placeOf(entry) {
      const where = place(['ignore', result.data.ignore.indexOf(entry)]).slice(name.length + 1);
      const [line = 1, column = 1] = where.split(/[: ]/).map(Number);
      return { file: name, line, column, endLine: line, endColumn: column + 1 };
    },
  };
}

const namedCodes = ({ severities, ignore }: PolicyFile): { code: string; path: Path }[] => [
  ...Object.keys(severities).map((code) => ({ code, path: ['severities', code] })),
  ...ignore.flatMap(({ codes }, entry) =>
    codes.map((code, index) => ({ code, path: ['ignore', entry, 'codes', index] })),
  ),
];

import { quoted } from '../../quoted.ts';
import { said } from '../numbers.ts';
import type { SchemaAnswer } from './schema-schema.ts';

export function schemaText(answer: SchemaAnswer): string {
  const { valid, format, problem, mode, breaks, lint, fingerprints = {}, more, cursor } = answer;
  if (!valid) return `not valid ${nameOf(format)}${problem ? `: ${faultText(problem)}` : ''}`;
  return [
    `valid ${nameOf(format)}`,
    ...(answer.compatible === undefined
      ? []
      : [
          `${answer.compatible ? 'compatible' : 'not compatible'}: ${mode} with ${answer.versions === 1 ? 'the version before' : `${answer.versions} versions`}`,
        ]),
    ...breaks.map(
      ({ path, kind, says, instead, version }) =>
        `${kind}${path === '' ? '' : ` at ${quoted(path)}`}${version === undefined ? '' : ` (version ${version})`}: ${says} ${instead}`,
    ),
    ...(more?.breaks ? [`and ${said(more.breaks)} more breaks: cursor ${cursor}`] : []),
    ...lint.map(
      ({ code, severity, line, says, next }) =>
        `${severity} ${code} line ${line}: ${says}${next === undefined ? '' : ` ${next}`}`,
    ),
    ...(more?.lint
      ? [
          `and ${said(more.lint)} more findings${more.breaks ? '' : `: ${cursor ? `cursor ${cursor}` : 'detail'}`}`,
        ]
      : []),
    ...(answer.notes ?? []).map((note) => `note: ${note}`),
    ...Object.entries(fingerprints).map(([algorithm, digits]) => `${algorithm} ${digits}`),
  ].join('\n');
}

export const faultText = ({
  reference,
  line,
  column,
  path,
  says,
}: NonNullable<SchemaAnswer['problem']>): string =>
  `${reference === undefined ? '' : `${quoted(reference)} `}line ${line}:${column}${path === '' ? '' : ` at ${quoted(path)}`}: ${says}`;

const names: Readonly<Record<string, string>> = {
  avro: 'Avro',
  protobuf: 'Protobuf',
  json: 'JSON Schema',
};
const nameOf = (format: string): string => names[format] ?? format;

/** docs/rules: a page for each rule of `krafter check`, and what they keep together. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { type Guarded, guarded } from '../src/check/guarded.ts';
import type { Rule } from '../src/check/rule.ts';
import { rules } from '../src/check/rules/index.ts';
import { type Case, cases } from '../test/check/cases.ts';

export const rulesFolder = join(import.meta.dirname, '../docs/rules');

const written = '<!-- Written by scripts/rules.ts; not by hand. -->';

/** Name and text of each file. */
export async function ruleDocuments(): Promise<ReadonlyMap<string, string>> {
  const pages = rules.map((rule) => [`${rule.code}.md`, page(rule)] as const);
  const texts = [['README.md', index()] as const, ...pages];
  return new Map(
    await Promise.all(
      texts.map(
        async ([name, text]) => [name, await format(text, { parser: 'markdown' })] as const,
      ),
    ),
  );
}

function page(rule: Rule): string {
  const { code, title, severity, confidence, production, across, story, source } = rule;
  const example = (isBad: boolean) => shortest(code, isBad);
  const facts = [
    severity,
    `${confidence} confidence`,
    ...(production ? ['in production only'] : []),
    ...(across ? ['looks at several files'] : []),
  ];
  return [
    `# ${code}: ${title}`,
    written,
    `${facts.join(', ')}.`,
    story,
    `Source: ${source}`,
    ...(rule.guards ?? []).map((line) => `It keeps: ${guarded[line]}.`),
    ...(rule.noFix
      ? [`No fix: ${rule.noFix}`]
      : ['`krafter check --fix` mends it where that is certain.']),
    ...shown('Found', example(true)),
    ...shown('Not found', example(false)),
  ].join('\n\n');
}

/** The case that is read fastest. */
function shortest(code: string, isBad: boolean): Case | undefined {
  const size = ({ files }: Case) => files.reduce((sum, { text }) => sum + text.length, 0);
  return cases
    .filter((one) => one.code === code && one.isBad === isBad)
    .sort((a, b) => size(a) - size(b))[0];
}

const mostCharacters = 3000;

function shown(title: string, example: Case | undefined): string[] {
  const files = (example?.files ?? []).filter(({ path }) => path !== 'expected.txt');
  if (files.length === 0) return [];
  return [
    `## ${title}`,
    ...files.map(({ path, text }) => {
      const fence = '`'.repeat(
        Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)),
      );
      const told = text.length > mostCharacters ? `${text.slice(0, mostCharacters)}\n...` : text;
      const plain = told.replaceAll(/^\s*(#|\/\/)\s*expect [^\n]*\n/gm, '').trimEnd();
      return `\`${path}\`\n\n${fence}\n${plain}\n${fence}`;
    }),
  ];
}

function index(): string {
  const row = ({ code, title, severity, confidence }: Rule) =>
    `| [${code}](${code}.md) | ${title} | ${severity} | ${confidence} |`;
  const kept = (Object.keys(guarded) as Guarded[]).map((line) => {
    const own = rules.filter(({ guards = [] }) => guards.includes(line));
    return `| ${guarded[line]} | ${own.map(({ code }) => `[${code}](${code}.md)`).join(', ') || '–'} |`;
  });
  return [
    '# Rules of `krafter check`',
    written,
    '`krafter explain CODE` prints the same.',
    [
      '| code | what | severity | confidence |',
      '| --- | --- | --- | --- |',
      ...rules.map(row),
    ].join('\n'),
    '## What they keep',
    ['| line | rules |', '| --- | --- |', ...kept].join('\n'),
  ].join('\n\n');
}

if (import.meta.main) {
  mkdirSync(rulesFolder, { recursive: true });
  const documents = await ruleDocuments();
  for (const name of readdirSync(rulesFolder))
    if (!documents.has(name)) rmSync(join(rulesFolder, name));
  for (const [name, text] of documents) writeFileSync(join(rulesFolder, name), text);
}

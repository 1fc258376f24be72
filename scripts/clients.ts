/** Writes docs/clients.md from what the conformance suite recorded (src/catalog/conformance.json). */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { markdownTable } from '../src/artifacts/markdown.ts';
import { clients } from '../src/catalog/choices.ts';
import { type CheckResult, type Conformance, conformance } from '../src/catalog/conformance.ts';
import { checks } from '../test/conformance/checks/index.ts';

export const clientsPath = join(import.meta.dirname, '../docs/clients.md');

const signs = { passed: '✔', failed: '✘', skipped: '–' } as const;

export function clientsDocument(results: Conformance): Promise<string> {
  const of = (client: string, number: number): CheckResult | undefined =>
    results[client]?.[String(number)];
  const blocks = [
    '# Clients',
    '<!-- Written by scripts/clients.ts from the last runs of test/conformance; not by hand. -->',
    'Each client kit under `templates/apps` against the [application contract](application-contract.md), on three secured brokers. ✔ passed, ✘ failed, – the client can not, · not asked. `krafter new` offers the clients without ✘.',
    markdownTable(
      ['client', ...checks.map(({ number }) => String(number))],
      clients.map(({ id, preferred }) => [
        `\`${id}\`${preferred ? ' (default)' : ''}`,
        ...checks.map(({ number }) => {
          const result = of(id, number)?.result;
          return result ? signs[result] : '·';
        }),
      ]),
    ),
    checks.map(({ number, title }) => `${number}. ${title}`).join('\n'),
    ...clients.flatMap(({ id }) => {
      const asked = checks.filter(({ number }) => of(id, number));
      if (asked.length === 0) return [];
      return [
        `## ${id}`,
        markdownTable(
          ['check', 'result', 'figures or reason', 'counts', 'day'],
          asked.map(({ number }) => {
            const { result, evidence, reason, full, date } = of(id, number) as CheckResult;
            const figures = Object.entries(evidence ?? {}).map(
              ([name, value]) => `${name} ${value}`,
            );
            return [
              String(number),
              result,
              (reason ?? figures.join(', ')).replaceAll('\n', ' '),
              full ? 'full' : 'small',
              date,
            ];
          }),
        ),
      ];
    }),
  ];
  return format(blocks.join('\n\n'), { parser: 'markdown' });
}

if (import.meta.main) writeFileSync(clientsPath, await clientsDocument(conformance));

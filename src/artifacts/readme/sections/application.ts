import { lackOf } from '../../../catalog/choices.ts';
import type { Platform } from '../../../model/platform.ts';
import { code, markdownTable, paragraph, type Section } from '../../markdown.ts';
import { dependencyReasons } from '../dependencies.ts';

export function application(platform: Platform): Section {
  const { client } = platform.application;
  const reasons = dependencyReasons[client] ?? {};
  const lack = lackOf(client);
  return {
    heading: 'What app/ depends on',
    blocks: [
      markdownTable(
        ['package', 'for'],
        Object.entries(reasons).map(([name, reason]) => [code(name), reason]),
      ),
      ...(lack ? [paragraph(lack)] : []),
      paragraph('Versions are pinned; tools for tests and checks are not needed at run time.'),
    ],
  };
}

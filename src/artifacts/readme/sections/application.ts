import type { Platform } from '../../../model/platform.ts';
import { code, markdownTable, paragraph, type Section } from '../../markdown.ts';
import { dependencyReasons } from '../dependencies.ts';

export function application(platform: Platform): Section {
  const reasons = dependencyReasons[platform.application.client] ?? {};
  return {
    heading: 'What app/ depends on',
    blocks: [
      markdownTable(
        ['package', 'for'],
        Object.entries(reasons).map(([name, reason]) => [code(name), reason]),
      ),
      paragraph('Versions are pinned; tools for tests and checks are not needed at run time.'),
    ],
  };
}

import { join } from 'node:path';
import { describe, test } from 'node:test';
import { execa } from 'execa';
import { useCaseIds } from '../../src/catalog/choices.ts';
import { mustRun, scratch } from '../support/krafter.ts';

/** What is generated for each use case is clean by Node's usual tools, and its own tests pass. */
describe('applications on @platformatic/kafka', () => {
  for (const useCase of useCaseIds) {
    test(`${useCase}: ESLint, Prettier, tsc and its own tests`, async () => {
      const { folder, remove } = scratch();
      try {
        await mustRun(['new', 'shop', '--yes', '--lang', 'node', '--use-case', useCase], folder);
        const npm = (...args: string[]) =>
          execa('npm', args, { cwd: join(folder, 'shop', 'app'), all: true, timeout: 300_000 });
        await npm('ci', '--no-audit', '--no-fund', '--loglevel=error');
        await npm('run', 'lint');
        await npm('run', 'typecheck');
        await npm('test');
      } finally {
        remove();
      }
    });
  }
});

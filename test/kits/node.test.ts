import { join } from 'node:path';
import { describe, test } from 'node:test';
import { execa } from 'execa';
import { isAvailable, useCaseIds } from '../../src/catalog/choices.ts';
import { mustRun, scratch } from '../support/krafter.ts';
import '../support/low-priority.ts';

/** What is generated for each use case is clean by Node's usual tools, and its own tests pass. */
for (const { client, useCases, native } of [
  { client: 'platformatic-kafka', useCases: useCaseIds, native: false },
  // The domains are the same files: one of them shows the rest.
  { client: 'kafkajs', useCases: ['streaming'], native: false },
  { client: 'confluent-kafka-javascript', useCases: ['streaming'], native: true },
] as const) {
  // A kit that lies here and is not offered yet is tested from the day on which it is.
  if (!isAvailable(client)) continue;
  describe(`applications on ${client}`, () => {
    for (const useCase of useCases) {
      test(`${useCase}: ESLint, Prettier, tsc and its own tests`, async () => {
        const { folder, remove } = scratch();
        try {
          const answers = ['--yes', '--client', client, '--use-case', useCase];
          await mustRun(['new', 'shop', ...answers], folder);
          const cwd = join(folder, 'shop', 'app');
          const npm = (...args: string[]) =>
            execa('npm', args, { cwd, all: true, timeout: 300_000 });
          const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];
          // Its native part takes minutes to build where no prebuilt one can be had: only its types.
          await npm('ci', ...quietly, ...(native ? ['--ignore-scripts'] : []));
          await npm('run', 'lint');
          await npm('run', 'typecheck');
          if (!native) await npm('test');
        } finally {
          remove();
        }
      });
    }
  });
}

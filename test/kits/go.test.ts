import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { execa } from 'execa';
import { isAvailable, useCaseIds } from '../../src/catalog/choices.ts';
import { cacheFolder } from '../../src/engine/native/cache.ts';
import { mustRun, scratch } from '../support/krafter.ts';
import '../support/low-priority.ts';

const staticcheck = 'honnef.co/go/tools/cmd/staticcheck@v0.8.2';
const bin = join(cacheFolder(), 'test-go');

/** What is generated for each use case is clean by Go's usual tools, and its own tests pass. */
describe('applications in Go', () => {
  before(async () => {
    await execa('go', ['install', staticcheck], { env: { GOBIN: bin }, timeout: 600_000 });
  });

  for (const client of ['franz-go', 'confluent-kafka-go', 'kafka-go'] as const) {
    // A kit that lies here and is not offered yet is tested from the day on which it is.
    if (!isAvailable(client)) continue;
    // The whole of a client once; of the other use cases, what differs.
    const useCases = client === 'franz-go' ? useCaseIds : (['streaming'] as const);
    for (const useCase of useCases) {
      test(`${client}, ${useCase}: gofmt, vet, staticcheck and its own tests`, async () => {
        const { folder, remove } = scratch();
        try {
          const answers = ['--yes', '--client', client, '--use-case', useCase];
          await mustRun(['new', 'shop', ...answers], folder);
          const cwd = join(folder, 'shop', 'app');
          const run = (command: string, ...args: string[]) =>
            // With -trimpath the compiler's cache holds for the same files in another folder.
            execa(command, args, {
              cwd,
              all: true,
              timeout: 900_000,
              env: { GOFLAGS: '-trimpath' },
            });
          const { stdout } = await run('gofmt', '-l', '.');
          if (stdout !== '') throw new Error(`not as gofmt has it: ${stdout}`);
          await run('go', 'vet', './...');
          await run(join(bin, 'staticcheck'), './...');
          await run('go', 'test', './...');
        } finally {
          remove();
        }
      });
    }
  }
});

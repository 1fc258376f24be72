import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { execa } from 'execa';
import { isAvailable, useCaseIds } from '../../src/catalog/choices.ts';
import { cacheFolder } from '../../src/engine/native/cache.ts';
import { scratch } from '../support/krafter.ts';
import '../support/low-priority.ts';
import { layOut, type Subject } from './kit.ts';

const full = process.env.KRAFTER_FULL === '1';
const staticcheck = 'honnef.co/go/tools/cmd/staticcheck@v0.8.2';
const bin = join(cacheFolder(), 'test-go');

/** Each kit is clean by Go's usual tools, and its own tests pass. */
describe('applications in Go', () => {
  before(async () => {
    await execa('go', ['install', staticcheck], { env: { GOBIN: bin }, timeout: 600_000 });
  });

  for (const client of ['franz-go', 'confluent-kafka-go', 'kafka-go'] as const) {
    // A kit that lies here and is not offered yet is tested from the day on which it is.
    if (!isAvailable(client)) continue;
    const generated = full || client === 'franz-go' ? useCaseIds : [];
    for (const subject of ['as it lies', ...generated] satisfies Subject[]) {
      const whole = full || subject === 'as it lies';
      const asked = whole ? 'gofmt, vet, staticcheck and its own tests' : 'gofmt and vet';
      test(`${client}, ${subject}: ${asked}`, async () => {
        const { folder, remove } = scratch();
        try {
          const cwd = await layOut(client, subject, folder);
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
          if (!whole) return;
          await run(join(bin, 'staticcheck'), './...');
          await run('go', 'test', './...');
        } finally {
          remove();
        }
      });
    }
  }
});

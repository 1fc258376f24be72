import { describe, test } from 'node:test';
import { execa } from 'execa';
import { isAvailable, useCaseIds } from '../../src/catalog/choices.ts';
import { scratch } from '../support/krafter.ts';
import '../support/low-priority.ts';
import { layOut, type Subject } from './kit.ts';

const full = process.env.KRAFTER_FULL === '1';

/** Each kit is clean by Java's usual tools, and its own tests pass. */
describe('applications in Java', () => {
  for (const client of ['spring-kafka', 'kafka-clients'] as const) {
    // A kit that lies here and is not offered yet is tested from the day on which it is.
    if (!isAvailable(client)) continue;
    for (const subject of ['as it lies', ...(full ? useCaseIds : [])] satisfies Subject[]) {
      test(`${client}, ${subject}: javac, Spotless, SpotBugs and its own tests`, async () => {
        const { folder, remove } = scratch();
        try {
          const cwd = await layOut(client, subject, folder);
          const quietly = ['--batch-mode', '--no-transfer-progress', '--quiet'];
          await execa('mvn', [...quietly, 'verify'], { cwd, all: true, timeout: 900_000 });
        } finally {
          remove();
        }
      });
    }
  }
});

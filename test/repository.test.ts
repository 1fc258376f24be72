import { join } from 'node:path';
import { test } from 'node:test';
import { execa } from 'execa';

const root = join(import.meta.dirname, '..');

/** The checks of `npm run lint`, each a sentence of its own. */
const checks = [
  ['formatting and lint are clean', 'biome', ['check', '.']],
  ['types are strict and right', 'tsc', ['--noEmit']],
  [
    'imports point down only, without circles',
    'depcruise',
    ['--config', '.dependency-cruiser.cjs', 'src'],
  ],
  ['no file, export or dependency is unused', 'knip', []],
] as const;

for (const [sentence, command, args] of checks) {
  test(sentence, async () => {
    await execa(join(root, 'node_modules', '.bin', command), args, { cwd: root, all: true });
  });
}

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { execa } from 'execa';
import { useCaseIds } from '../../src/catalog/choices.ts';
import { cacheFolder } from '../../src/engine/native/cache.ts';
import { mustRun, scratch } from '../support/krafter.ts';
import '../support/low-priority.ts';
import { layOut, type Subject } from './kit.ts';

const full = process.env.KRAFTER_FULL === '1';

/** Each kit is clean by Python's usual tools, and its own tests pass. */
for (const [client, generated] of [
  ['confluent-kafka', useCaseIds],
  ['aiokafka', full ? useCaseIds : []],
] as const) {
  describe(`applications on ${client}`, () => {
    let bin: string;
    before(async () => {
      bin = await developmentTools(client);
    });

    for (const subject of ['as it lies', ...generated] satisfies Subject[]) {
      const whole = full || subject === 'as it lies';
      const asked = whole ? 'ruff, mypy --strict and its own tests' : 'ruff and mypy --strict';
      test(`${subject}: ${asked}`, async () => {
        const { folder, remove } = scratch();
        try {
          const app = await layOut(client, subject, folder);
          const env = { PYTHONPATH: join(app, 'src') };
          const run = (command: string, ...args: string[]) =>
            execa(join(bin, command), args, { cwd: app, all: true, timeout: 400_000, env });
          await run('ruff', 'check', '.');
          await run('ruff', 'format', '--check', '.');
          // What it learnt of the dependencies is the same for each use case.
          await run('mypy', '--cache-dir', join(bin, '..', 'mypy'));
          if (whole) await run('python', '-m', 'pytest', '-q');
        } finally {
          remove();
        }
      });
    }
  });
}

/** A virtual environment with the kit's pinned development tools, kept between runs. */
async function developmentTools(client: string): Promise<string> {
  const { folder, remove } = scratch();
  try {
    await mustRun(['new', 'shop', '--yes', '--client', client], folder);
    const app = join(folder, 'shop', 'app');
    const { stdout } = await execa(
      'sh',
      ['-c', 'cat pyproject.toml requirements.lock; python3 --version'],
      { cwd: app },
    );
    const home = join(
      cacheFolder(),
      `test-python-${createHash('sha256').update(stdout).digest('hex').slice(0, 16)}`,
    );
    const done = join(home, 'complete');
    if (!existsSync(done)) {
      mkdirSync(cacheFolder(), { recursive: true });
      await execa('python3', ['-m', 'venv', '--clear', home]);
      const pip = join(home, 'bin', 'pip');
      await execa(
        pip,
        ['install', '--quiet', '-r', 'requirements.lock', '.[dev]', 'setuptools', 'wheel'],
        { cwd: app, timeout: 600_000 },
      );
      await execa(pip, ['uninstall', '--quiet', '--yes', 'shop']);
      writeFileSync(done, '');
    }
    return join(home, 'bin');
  } finally {
    remove();
  }
}

// How long a cold `krafter new --tier 2 --yes` takes, from the package as it is published, against
// create-vite: two generators, each started anew, taking turns, on the same machine.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { report } from './report.ts';

const rounds = 25;
const root = join(import.meta.dirname, '..');
const vite = join(import.meta.dirname, 'node_modules', 'create-vite', 'index.js');

if (!existsSync(vite)) {
  execFileSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: import.meta.dirname });
}
execFileSync(process.execPath, [join(root, 'scripts', 'build.ts')], { cwd: root });

const folder = mkdtempSync(join(tmpdir(), 'krafter-bench-'));
const milliseconds = (args: readonly string[]): number => {
  const start = performance.now();
  execFileSync(process.execPath, args, { cwd: folder, stdio: 'ignore' });
  return performance.now() - start;
};

try {
  const times = { krafter: [] as number[], createVite: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.krafter.push(
      milliseconds([join(root, 'dist', 'krafter.js'), 'new', `k${round}`, '--tier', '2', '--yes']),
    );
    times.createVite.push(milliseconds([vite, `v${round}`, '--template', 'react-ts']));
  }
  report('krafter new --tier 2 --yes, against create-vite', 1.0, {
    unit: 'ms',
    ours: times.krafter,
    theirs: times.createVite,
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

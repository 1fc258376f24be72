// How long a cold `krafter new --tier 2 --yes` takes, from the package as it is published, against
// create-vite: two generators, each started anew, taking turns, on the same machine. Beside them a
// bare loop that only writes krafter's files, flushed to the disk as krafter does: create-vite
// writes a tenth as many, and leaves the flushing to chance.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { report, spread } from './report.ts';

const rounds = 25;
const root = join(import.meta.dirname, '..');
const vite = join(import.meta.dirname, 'node_modules', 'create-vite', 'index.js');

if (!existsSync(vite)) {
  execFileSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: import.meta.dirname });
}
execFileSync(process.execPath, [join(root, 'scripts', 'build.ts')], { cwd: root });

/** A project already made, written again: no answer, no model, no text. */
const bareLoop = `
import { closeSync, fsync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
const [from, to] = process.argv.slice(1);
const files = readdirSync(from, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name));
const texts = files.map((file) => readFileSync(file));
const open = files.map((file, index) => {
  const target = join(to, file.slice(from.length));
  mkdirSync(dirname(target), { recursive: true });
  const descriptor = openSync(target, 'wx');
  writeSync(descriptor, texts[index]);
  return descriptor;
});
for (const descriptor of open) fsync(descriptor, () => closeSync(descriptor));
`;

const folder = mkdtempSync(join(tmpdir(), 'krafter-bench-'));
const milliseconds = (args: readonly string[]): number => {
  const start = performance.now();
  execFileSync(process.execPath, args, { cwd: folder, stdio: 'ignore' });
  return performance.now() - start;
};

try {
  const times = { krafter: [] as number[], createVite: [] as number[], bare: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.krafter.push(
      milliseconds([join(root, 'dist', 'krafter.js'), 'new', `k${round}`, '--tier', '2', '--yes']),
    );
    times.createVite.push(milliseconds([vite, `v${round}`, '--template', 'react-ts']));
    times.bare.push(milliseconds(['--input-type=module', '--eval', bareLoop, 'k0', `b${round}`]));
  }
  report('krafter new --tier 2 --yes, against create-vite', 1.0, {
    unit: 'ms',
    ours: times.krafter,
    theirs: times.createVite,
  });
  console.log(`  bare loop   ${spread(times.bare, 'ms')}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Runs the tests: first what is pure, on all cores. Then what starts brokers, one file after the
 * other, so that two clusters never compete for the machine; most of that is waiting, in which
 * the kits, at a low priority, build and lint. The last line is the sum of all.
 */
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  options: { full: { type: 'boolean', default: false } },
  allowPositionals: true,
});

const find = (pattern: string) => globSync(pattern, { cwd: root }).sort();

/** Named files only, or everything: what is pure first, then what starts brokers, one by one. */
const everything = positionals.length > 0 ? positionals : find('test/**/*.test.ts');
const isEndToEnd = (file: string) => /^test\/(e2e|kits|conformance|package|cli|mcp)\//.test(file);
if (values.full) process.env.KRAFTER_FULL = '1';
const isKit = (file: string) => /^test\/kits\//.test(file);
/** All clients at once leave the kits nothing of the machine; what waits for brokers does. */
const busyLast = (one: string, other: string) =>
  Number(/conformance/.test(one)) - Number(/conformance/.test(other));

const totals = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];
const seconds: [string, number][] = [];

await runTests(
  everything.filter((file) => !isEndToEnd(file)),
  availableParallelism(),
  process.stdout,
);
const kits = new PassThrough();
const [saidOfKits] = await Promise.all([
  text(kits),
  runTests(everything.filter(isKit), 1, kits).finally(() => kits.end()),
  runTests(
    everything.filter((file) => isEndToEnd(file) && !isKit(file)).sort(busyLast),
    1,
    process.stdout,
  ),
]);
process.stdout.write(saidOfKits);

async function runTests(
  files: readonly string[],
  concurrency: number,
  output: NodeJS.WritableStream,
): Promise<void> {
  if (files.length === 0) return;
  const stream = run({
    files: files.map((file) => join(root, file)),
    concurrency,
    cwd: root,
    // A hanging broker must not hang the whole run.
    timeout: 50 * 60_000,
  });
  stream.on('test:pass', ({ details, skip, name, file }) => {
    if (details.type === 'suite' || isFileItself(name, file)) return;
    if (skip === undefined) totals.passed++;
    else totals.skipped++;
  });
  stream.on('test:summary', ({ file, duration_ms }) => {
    if (file) seconds.push([relative(root, file), Math.round(duration_ms / 1000)]);
  });
  stream.on('test:fail', ({ details, name, file = '' }) => {
    if (details.type === 'suite') return;
    totals.failed++;
    const cause = (details.error.cause as Error | undefined) ?? details.error;
    const [reason = ''] = (cause.message ?? String(cause)).split('\n');
    failures.push(`${relative(root, file)}: ${name}\n    ${reason.slice(0, 400)}`);
  });
  await new Promise((resolve, reject) => {
    stream.compose(spec).on('end', resolve).on('error', reject).pipe(output, { end: false });
  });
}

/** The runner reports each file as a test of its own; only what is in it counts. */
function isFileItself(name: string, file: string | undefined): boolean {
  return file !== undefined && (name === file || join(root, relative(root, name)) === file);
}

if (positionals.length === 0) {
  console.log('Where the time went, in seconds:');
  for (const [file, taken] of seconds.sort(([, a], [, b]) => b - a).slice(0, 20))
    console.log(`${String(taken).padStart(6)} ${file}`);
}
if (failures.length > 0) console.log(`What failed:\n${failures.join('\n')}`);
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;

#!/usr/bin/env node
// Before anything else is loaded: what comes then is compiled from the cache the next time, and
// an old Node.js is told apart from a bug.
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 22)) {
  const what = `Node.js is ${process.version} here; 22.22 or newer is needed.`;
  process.stderr.write(`krafter: ${what}\n`);
  if (process.argv.includes('--json'))
    process.stdout.write(`${JSON.stringify({ error: { what, exit: 3 } })}\n`);
  process.exitCode = 3;
} else {
  module.enableCompileCache();
  await import('./main.ts');
}

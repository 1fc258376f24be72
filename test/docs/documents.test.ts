import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { Command } from 'commander';
import { commands } from '../../src/cli/commands/index.ts';
import { exitCode } from '../../src/errors.ts';
import { page } from '../artifacts/readme/markdown-page.ts';
import { parseDiagram } from '../artifacts/readme/mermaid.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...globSync('docs/*.md', { cwd: root }),
];

/** First cells of the table rows that start with a name in backticks. */
const rows = (text: string) =>
  [...text.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, name = '']) => name);

for (const path of documents) {
  describe(path, () => {
    const { anchors, links, code } = page(read(path));

    test('has links that lead somewhere', () => {
      const missing = links.filter((link) => {
        if (/^https?:/.test(link)) return false;
        const [file = '', anchor] = link.split('#');
        if (file === '') return !anchors.includes(anchor ?? '');
        return !existsSync(join(root, dirname(path), file));
      });
      assert.deepEqual(missing, []);
    });

    test('has diagrams that Mermaid reads', async () => {
      for (const { lang, text } of code) if (lang === 'mermaid') await parseDiagram(text);
    });
  });
}

test('the README has every command, and no other', () => {
  const names = commands.map((define) => define(new Command()).name());
  const told = rows(read('README.md')).filter((name) => name.startsWith('krafter '));
  assert.deepEqual(told.toSorted(), names.map((name) => `krafter ${name}`).toSorted());
});

test('the README has every exit code', () => {
  const told = [...read('README.md').matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => Number(code));
  assert.deepEqual(told, Object.values(exitCode));
});

test('docs/dependencies.md has every package with its reason, and no other', () => {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(read('package.json')) as Partial<
    Record<'dependencies' | 'devDependencies', object>
  >;
  assert.deepEqual(
    rows(read('docs/dependencies.md')).toSorted(),
    Object.keys({ ...dependencies, ...devDependencies }).toSorted(),
  );
});

test('docs/architecture.md and CONTRIBUTING.md name rooms and files that are there', () => {
  const missing = ['docs/architecture.md', 'CONTRIBUTING.md'].flatMap((path) =>
    [...read(path).matchAll(/`((?:src|test|templates)\/[\w./-]+)`/g)]
      .map(([, file = '']) => file)
      .filter((file) => !existsSync(join(root, file))),
  );
  assert.deepEqual(missing, []);
  const rooms = rows(read('docs/architecture.md')).filter((name) => name.endsWith('/'));
  assert.deepEqual(
    rooms.filter((room) => !existsSync(join(root, 'src', room))),
    [],
  );
  assert.deepEqual(
    globSync('src/*/', { cwd: root })
      .map((folder) => `${folder.replace('src/', '').replace(/\/$/, '')}/`)
      .filter((room) => !rooms.includes(room)),
    [],
  );
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { XMLParser } from 'fast-xml-parser';
import { parse as parseToml } from 'smol-toml';
import { type Kit, kits } from '../../../src/artifacts/apps/kits.ts';
import { dependencyReasons } from '../../../src/artifacts/readme/dependencies.ts';
import { sampleEvents } from '../../../src/artifacts/readme/sample-events.ts';
import { type ClientId, useCaseIds } from '../../../src/catalog/choices.ts';
import { useCases } from '../../../src/catalog/use-cases/index.ts';

const templates = join(import.meta.dirname, '../../../templates/apps');
const kit = join(templates, 'platformatic-kafka/src');

for (const id of useCaseIds) {
  test(`the sample event of ${id} is one, has a key, and its view answers as the README says`, async () => {
    const { domain } = await import(join(kit, useCases[id].domain, 'index.ts'));
    const { openSqlite } = await import(join(kit, 'store/sqlite.ts'));
    const { processedEventsTable } = await import(join(kit, 'store/processed-events.ts'));
    const { applyBatch } = await import(join(kit, 'consuming/apply-batch.ts'));
    const { event, view, answer } = sampleEvents[id];
    const folder = await mkdtemp(join(tmpdir(), 'krafter-sample-'));
    const store = openSqlite(join(folder, 'store.db'));
    try {
      await store.createTables([processedEventsTable, ...domain.tables]);
      const record = {
        value: Buffer.from(JSON.stringify(event)),
        topic: 't',
        partition: 0,
        offset: 0n,
        headers: [],
      };
      const outcome = await applyBatch([record, record], store, domain);
      assert.deepEqual(outcome.rejections, []);
      assert.equal(outcome.applied.length, 1);
      assert.equal(outcome.duplicates, 1);
      assert.equal(event[useCases[id].topic.key], domain.keyOf(event));
      // As JSON, which is what the service sends: rows of SQLite have no prototype.
      const sent = JSON.stringify(await answerTo(view, domain.views, store));
      assert.deepEqual(JSON.parse(sent), answer);
    } finally {
      await store.close();
      await rm(folder, { recursive: true });
    }
  });
}

type View = {
  readonly path: string;
  answer(sql: unknown, parameters: object): Promise<unknown>;
};

/** What the service answers to a path with its query. */
async function answerTo(request: string, views: readonly View[], store: { read: unknown }) {
  const url = new URL(request, 'http://localhost');
  for (const { path, answer } of views) {
    const found = url.pathname.match(new RegExp(`^${path.replace(/:(\w+)/, '(?<$1>[^/]+)')}$`));
    if (found) {
      return answer(store.read, { ...Object.fromEntries(url.searchParams), ...found.groups });
    }
  }
  assert.fail(`no view at ${url.pathname}`);
}

/** What app/ needs at run time, from the manifest that its language reads. */
const manifests: Readonly<Record<Kit['runtime'], (kit: string) => string[]>> = {
  python: (kit) => {
    const { project } = parseToml(readFileSync(join(kit, 'pyproject.toml'), 'utf8')) as {
      project: { dependencies: string[] };
    };
    return project.dependencies.map((line) => line.replace(/[^\w.-].*$/, ''));
  },
  node: (kit) => {
    const text = readFileSync(join(kit, 'package.json'), 'utf8');
    return Object.keys((JSON.parse(text) as { dependencies: object }).dependencies);
  },
  go: (kit) => {
    const text = readFileSync(join(kit, 'go.mod'), 'utf8');
    const onlyTests = /kfake/;
    return [...text.matchAll(/^\t(\S+) v\S+$/gm)]
      .map(([, module = '']) => module)
      .filter((module) => !onlyTests.test(module));
  },
  java: (kit) => {
    const { project } = new XMLParser().parse(readFileSync(join(kit, 'pom.xml'), 'utf8')) as Pom;
    const names = project.dependencies.dependency
      .filter(({ scope }) => scope !== 'test')
      .map(({ artifactId }) => artifactId);
    // Jackson is there in two generations, under one name.
    return [...new Set(names)];
  },
};

type Pom = {
  project: { dependencies: { dependency: { artifactId: string; scope?: string }[] } };
};

for (const client of Object.keys(dependencyReasons) as ClientId[]) {
  test(`each dependency of ${client} has its reason, and no other is there`, () => {
    assert.deepEqual(
      Object.keys(dependencyReasons[client] ?? {}).toSorted(),
      manifests[kits[client]?.runtime ?? 'node'](join(templates, client)).toSorted(),
    );
  });
}

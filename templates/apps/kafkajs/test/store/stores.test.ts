import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { StoreUnavailable } from '../../src/store/store-unavailable.ts';
import { openStore, type Store } from '../../src/store/store.ts';

const directory = mkdtempSync(join(tmpdir(), 'platform-app-'));
const path = join(directory, 'store.db');
after(() => {
  rmSync(directory, { recursive: true });
});
// PostgreSQL is tested where there is one: TEST_POSTGRES_URL=postgresql://… npm test
const postgres = process.env.TEST_POSTGRES_URL;

for (const kind of ['sqlite', 'postgresql'] as const) {
  const options = { skip: kind === 'postgresql' && !postgres && 'TEST_POSTGRES_URL is not set' };

  test(`${kind}: a transaction is stored as a whole`, options, async () => {
    await withItems(kind, async (store) => {
      await store.transaction(async (sql) => {
        await sql.run('INSERT INTO items (id, size) VALUES ($1, $2)', 'a', 1);
        await sql.run('INSERT INTO items (id, size) VALUES ($1, $2)', 'b', 2 ** 40);
      });
      const rows = await store.read.rows('SELECT id, size FROM items ORDER BY id');
      assert.deepEqual(
        rows.map((row) => ({ ...row })),
        [
          { id: 'a', size: 1 },
          { id: 'b', size: 2 ** 40 },
        ],
      );
    });
  });

  test(`${kind}: a transaction that throws leaves nothing`, options, async () => {
    await withItems(kind, async (store) => {
      const failing = store.transaction(async (sql) => {
        await sql.run('INSERT INTO items (id, size) VALUES ($1, $2)', 'a', 1);
        throw new RangeError('no');
      });
      await assert.rejects(failing, RangeError);
      assert.deepEqual(await store.read.rows('SELECT id FROM items'), []);
    });
  });

  test(`${kind}: a savepoint undoes its own changes only`, options, async () => {
    await withItems(kind, async (store) => {
      await store.transaction(async (sql) => {
        await sql.run('INSERT INTO items (id, size) VALUES ($1, $2)', 'kept', 1);
        const failing = sql.savepoint(async () => {
          await sql.run('INSERT INTO items (id, size) VALUES ($1, $2)', 'undone', 1);
          await sql.run('INSERT INTO items (id, size) VALUES ($1, $2)', 'kept', 1);
        });
        await assert.rejects(failing);
      });
      const rows = await store.read.rows('SELECT id FROM items');
      assert.deepEqual(
        rows.map(({ id }) => id),
        ['kept'],
      );
    });
  });

  test(`${kind}: others don't see a transaction before it is stored`, options, async () => {
    await withItems(kind, async (store) => {
      await store.transaction(async (sql) => {
        await sql.run('INSERT INTO items (id, size) VALUES ($1, $2)', 'a', 1);
        assert.deepEqual(await store.read.rows('SELECT id FROM items'), []);
      });
    });
  });

  test(
    `${kind}: a broken rule of the table is no reason to call the store away`,
    options,
    async () => {
      await withItems(kind, async (store) => {
        const insert = () => store.read.run('INSERT INTO items (id, size) VALUES ($1, $2)', 'a', 1);
        await insert();
        await assert.rejects(insert, (error) => !(error instanceof StoreUnavailable));
      });
    },
  );
}

test('a SQLite file in a place that is none is called unavailable', async () => {
  await assert.rejects(
    openStore({ kind: 'sqlite', path: join(import.meta.filename, 'store.db') }),
    StoreUnavailable,
  );
});

test('a SQLite file that another process is writing to is called unavailable, and soon', async () => {
  await withItems('sqlite', async (store) => {
    const other = await openStore({ kind: 'sqlite', path });
    const insert = "INSERT INTO items (id) VALUES ('a')";
    await store.transaction(async (sql) => {
      await sql.run(insert);
      const startedAt = Date.now();
      await assert.rejects(
        other.transaction((busy) => busy.run(insert)),
        StoreUnavailable,
      );
      assert.ok(Date.now() - startedAt < 1000);
    });
    await other.close();
  });
});

test('a PostgreSQL that does not answer is called unavailable', async () => {
  const store = await openStore({ kind: 'postgresql', url: 'postgresql://app@127.0.0.1:1/app' });
  await assert.rejects(store.read.rows('SELECT 1'), StoreUnavailable);
  await assert.rejects(
    store.transaction((sql) => sql.run('SELECT 1')),
    StoreUnavailable,
  );
  await store.close();
});

async function withItems(kind: 'sqlite' | 'postgresql', work: (store: Store) => Promise<void>) {
  const store = await openStore(kind === 'sqlite' ? { kind, path } : { kind, url: postgres ?? '' });
  try {
    await store.createTables([
      'CREATE TABLE IF NOT EXISTS items (id TEXT PRIMARY KEY, size BIGINT)',
    ]);
    await work(store);
  } finally {
    await store.read.run('DROP TABLE IF EXISTS items');
    await store.close();
  }
}

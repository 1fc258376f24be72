import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Domain } from '../../src/domain-types.ts';
import { processedEventsTable } from '../../src/store/processed-events.ts';
import { openStore, type Store } from '../../src/store/store.ts';

/** A new SQLite store with the domain's tables, gone after the test. */
export async function sqliteStore(context: TestContext, domain: Domain): Promise<Store> {
  const directory = mkdtempSync(join(tmpdir(), 'platform-app-'));
  const store = await openStore({ kind: 'sqlite', path: join(directory, 'store.db') });
  context.after(async () => {
    await store.close();
    rmSync(directory, { recursive: true });
  });
  await store.createTables([processedEventsTable, ...domain.tables]);
  return store;
}

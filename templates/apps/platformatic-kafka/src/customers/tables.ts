import type { Sql } from '../store/store.ts';
import { rowAfter } from './change.ts';
import type { CustomerChanged } from './events.ts';

export const tables = [
  // A deleted customer keeps its row, so that an older change can't bring it back.
  `CREATE TABLE IF NOT EXISTS customers (
     customer_id TEXT PRIMARY KEY,
     email TEXT,
     name TEXT,
     country TEXT,
     plan TEXT,
     lsn BIGINT NOT NULL,
     deleted INTEGER NOT NULL,
     changes BIGINT NOT NULL
   )`,
  'CREATE INDEX IF NOT EXISTS customers_by_country ON customers (country, customer_id)',
];

/** A change that is older than the row changes nothing, but is counted. */
export async function apply(events: readonly CustomerChanged[], sql: Sql): Promise<void> {
  for (const event of events) {
    const { customerId, lsn } = event;
    const row = rowAfter(event);
    await sql.run(
      `INSERT INTO customers (customer_id, lsn, deleted, changes) VALUES ($1, -1, 1, 1)
       ON CONFLICT (customer_id) DO UPDATE SET changes = customers.changes + 1`,
      customerId,
    );
    await sql.run(
      `UPDATE customers SET email = $3, name = $4, country = $5, plan = $6, lsn = $2, deleted = $7
       WHERE customer_id = $1 AND lsn <= $2`,
      customerId,
      lsn,
      row?.email ?? null,
      row?.name ?? null,
      row?.country ?? null,
      row?.plan ?? null,
      row ? 0 : 1,
    );
  }
}

export const effects = 'SELECT COALESCE(SUM(changes), 0) FROM customers';

import type { Database } from '../service/settings.ts';

export type Value = string | number | null;
export type Row = Record<string, Value>;

/**
 * SQL that SQLite and PostgreSQL both understand. Parameters are `$1`, `$2`, …; PostgreSQL's
 * BIGINT and SQLite's INTEGER both come back as numbers.
 */
export interface Sql {
  /** The number of rows changed. */
  run(statement: string, ...values: Value[]): Promise<number>;
  rows(statement: string, ...values: Value[]): Promise<Row[]>;
}

export interface Transaction extends Sql {
  /** If the work throws, only its own changes are undone. */
  savepoint<Result>(work: () => Promise<Result>): Promise<Result>;
}

export interface Store {
  /** Creates what isn't there yet. */
  createTables(statements: readonly string[]): Promise<void>;
  transaction<Result>(work: (sql: Transaction) => Promise<Result>): Promise<Result>;
  /** Reads committed data only, beside a running transaction. */
  readonly read: Sql;
  close(): Promise<void>;
}

export async function openStore(database: Database): Promise<Store> {
  switch (database.kind) {
    case 'sqlite': {
      const { openSqlite } = await import('./sqlite.ts');
      return openSqlite(database.path);
    }
    case 'postgresql': {
      const { openPostgres } = await import('./postgres.ts');
      return openPostgres(database.url);
    }
  }
}

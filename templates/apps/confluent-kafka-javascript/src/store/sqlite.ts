import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { StoreUnavailable } from './store-unavailable.ts';
import type { Row, Sql, Store, Value } from './store.ts';

/** SQLite in a file. It answers synchronously; a batch blocks the event loop for milliseconds. */
export function openSqlite(path: string): Store {
  const { writer, reader } = unavailableOnFailure(() => {
    mkdirSync(dirname(path), { recursive: true });
    return { writer: open(path), reader: open(path) };
  });
  const sql = sqlOn(writer);
  return {
    // A second connection, because the first would show what its open transaction may yet undo.
    read: sqlOn(reader),

    async createTables(statements) {
      for (const statement of statements) {
        await sql.run(statement);
      }
    },

    async transaction(work) {
      const savepoint = <Result>(inner: () => Promise<Result>) =>
        undoOnFailure(sql, inner, ['SAVEPOINT one', 'RELEASE one', 'ROLLBACK TO one']);
      return undoOnFailure(sql, () => work({ ...sql, savepoint }), [
        'BEGIN IMMEDIATE',
        'COMMIT',
        'ROLLBACK',
      ]);
    },

    close() {
      writer.close();
      reader.close();
      return Promise.resolve();
    },
  };
}

function open(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  // WAL lets questions be answered during a transaction. synchronous stays FULL: an offset must
  // not be committed to Kafka while its effect could still be lost with the power.
  // SQLite waits for another process's lock with the event loop blocked, heartbeats and HTTP with it:
  // not for long, since a store that is busy is tried again like one that is away.
  database.exec('PRAGMA busy_timeout = 50; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  return database;
}

function sqlOn(database: DatabaseSync): Sql {
  const prepared = new Map<string, StatementSync>();
  const prepare = (statement: string): StatementSync => {
    const known = prepared.get(statement);
    if (known) {
      return known;
    }
    const created = database.prepare(statement.replaceAll(/\$(\d+)/g, '?$1'));
    prepared.set(statement, created);
    return created;
  };
  return {
    // async, so that a failure rejects as it does with PostgreSQL.
    // eslint-disable-next-line @typescript-eslint/require-await
    run: async (statement: string, ...values: Value[]) =>
      unavailableOnFailure(() => Number(prepare(statement).run(...values).changes)),
    // eslint-disable-next-line @typescript-eslint/require-await
    rows: async (statement: string, ...values: Value[]) =>
      unavailableOnFailure(() => prepare(statement).all(...values) as Row[]),
  };
}

async function undoOnFailure<Result>(
  sql: Sql,
  work: () => Promise<Result>,
  [begin, commit, undo]: [string, string, string],
): Promise<Result> {
  await sql.run(begin);
  try {
    const result = await work();
    await sql.run(commit);
    return result;
  } catch (error) {
    // Some failures, a full disk among them, have ended the transaction already.
    await sql.run(undo).catch(() => undefined);
    throw error;
  }
}

// https://sqlite.org/rescode.html: PERM, BUSY, LOCKED, NOMEM, READONLY, IOERR, FULL, CANTOPEN
const temporary = new Set([3, 5, 6, 7, 8, 10, 13, 14]);

function unavailableOnFailure<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const { errcode, code, message } = error as {
      errcode?: number;
      code?: string;
      message: string;
    };
    const fileSystem = code?.startsWith('E') === true && !code.startsWith('ERR_');
    if (fileSystem || (errcode !== undefined && temporary.has(errcode & 0xff))) {
      throw new StoreUnavailable(`SQLite: ${message}`, { cause: error });
    }
    throw error;
  }
}

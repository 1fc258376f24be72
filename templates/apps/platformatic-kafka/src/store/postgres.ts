import pg from 'pg';
import { StoreUnavailable } from './store-unavailable.ts';
import type { Row, Sql, Store, Value } from './store.ts';

// BIGINT comes as text by default, because it may be beyond 2^53; counts and offsets here are not.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export function openPostgres(url: string): Store {
  const pool = new pg.Pool({
    connectionString: url,
    max: 4,
    connectionTimeoutMillis: 5000,
    query_timeout: 30_000,
    keepAlive: true,
  });
  // An idle connection that breaks is replaced with the next query; unheard, it would end the process.
  pool.on('error', () => undefined);

  return {
    read: sqlOn(pool),

    async createTables(statements) {
      await transaction(pool, async (sql) => {
        // Two consumers that start together would both find no table, and one of them would fail.
        await sql.run('SELECT pg_advisory_xact_lock(hashtext($1))', 'create tables');
        for (const statement of statements) {
          await sql.run(statement);
        }
      });
    },

    transaction: (work) =>
      transaction(pool, (sql) =>
        work({
          ...sql,
          async savepoint(inner) {
            await sql.run('SAVEPOINT one');
            try {
              const result = await inner();
              await sql.run('RELEASE one');
              return result;
            } catch (error) {
              await sql.run('ROLLBACK TO one');
              throw error;
            }
          },
        }),
      ),

    close: () => pool.end(),
  };
}

async function transaction<Result>(
  pool: pg.Pool,
  work: (sql: Sql) => Promise<Result>,
): Promise<Result> {
  const client = await unavailableOnFailure(() => pool.connect());
  const sql = sqlOn(client);
  // A connection that breaks between two queries reports it here; the next query fails anyway.
  client.on('error', ignore);
  let failure: Error | undefined;
  try {
    await sql.run('BEGIN');
    const result = await work(sql);
    await sql.run('COMMIT');
    return result;
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    client.off('error', ignore);
    // Giving it back with an error closes the connection, and PostgreSQL rolls back.
    client.release(failure);
  }
}

function ignore(): void {
  // heard, and dealt with by the query that fails
}

function sqlOn(connection: pg.Pool | pg.PoolClient): Sql {
  const query = (statement: string, values: Value[]) =>
    unavailableOnFailure(() => connection.query<Row>(statement, values));
  return {
    run: async (statement, ...values) => (await query(statement, values)).rowCount ?? 0,
    rows: async (statement, ...values) => (await query(statement, values)).rows,
  };
}

// https://www.postgresql.org/docs/current/errcodes-appendix.html: the classes in which the server,
// not the statement, is the problem. 40 is a serialization failure or deadlock: the batch goes again.
const temporaryClasses = new Set(['08', '25', '28', '3D', '40', '53', '57', '58']);

async function unavailableOnFailure<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    const fromServer = error instanceof pg.DatabaseError;
    if (!fromServer || temporaryClasses.has(code?.slice(0, 2) ?? '')) {
      throw new StoreUnavailable(`PostgreSQL: ${message || (code ?? 'no answer')}`, {
        cause: error,
      });
    }
    throw error;
  }
}

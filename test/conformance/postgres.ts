import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { freePorts } from '../e2e/monitoring/loopback-cluster.ts';

export type Postgres = {
  /** `postgresql://…` of a database of its own. */
  readonly database: (name: string) => Promise<string>;
  readonly sql: (database: string, text: string) => Promise<string>;
  readonly end: () => Promise<void>;
};

/** Names of clients have dashes, which nobody has to quote this way. */
const identifier = (name: string): string => name.replaceAll('-', '_');

/** PostgreSQL of this machine, on loopback, with data of its own. */
export async function startPostgres(): Promise<Postgres> {
  const root = '/usr/lib/postgresql';
  const [version = ''] = readdirSync(root).sort().reverse();
  const bin = join(root, version, 'bin');
  const folder = mkdtempSync(join(tmpdir(), 'krafter-postgres-'));
  // It refuses to run as root.
  const asItself =
    process.getuid?.() === 0
      ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups']
      : [];
  const run = (program: string, ...args: string[]) => {
    const [command = '', ...rest] = [...asItself, join(bin, program), ...args];
    return execa(command, rest, {
      cwd: folder,
      timeout: 120_000,
      stdout: ['pipe'],
      stdin: 'ignore',
    });
  };
  if (asItself.length > 0) await execa('chown', ['postgres:postgres', folder]);
  const data = join(folder, 'data');
  const [port = 0] = await freePorts(1);
  await run('initdb', '--auth=trust', '--username=app', '--encoding=UTF8', data);
  const settings = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=${folder} -c max_connections=50`;
  await run('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start');
  const connect = ['-h', '127.0.0.1', '-p', String(port), '-U', 'app'];
  return {
    async database(name) {
      await run('createdb', ...connect, identifier(name));
      return `postgresql://app@127.0.0.1:${port}/${identifier(name)}`;
    },
    async sql(database, text) {
      const own = identifier(database);
      const { stdout } = await run('psql', ...connect, '-d', own, '-qtAX', '-c', text);
      return String(stdout);
    },
    async end() {
      await run('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

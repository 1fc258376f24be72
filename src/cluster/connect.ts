import { readFileSync } from 'node:fs';
import {
  Admin,
  type BaseOptions,
  Connection,
  type ConnectionOptions,
  connectionsConnectsChannel,
} from '@platformatic/kafka';
import { bearerToken, type TokenSource } from './bearer-token.ts';

/** How krafter reaches a live cluster. Plain data, so that it can be handed to another process. */
export type ClusterAccess = {
  /** `host:port` of brokers. */
  readonly bootstrap: readonly string[];
  /** None is no TLS. */
  readonly tls?: Tls;
  /** None is no login, unless the certificate is one. */
  readonly sasl?: Sasl;
};

export type Tls = {
  /** Who signed the brokers' certificates; without it, whom this machine trusts. */
  readonly ca?: Pem;
  readonly certificate?: Pem;
  readonly key?: Pem;
  readonly keyPassword?: string;
  /** Only who asks for it by name goes without. */
  readonly anyName?: true;
};

export type Pem = { readonly file: string } | { readonly text: string };

export type Sasl =
  | {
      readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
      readonly username: string;
      readonly password: string;
    }
  | { readonly mechanism: 'OAUTHBEARER'; readonly token: TokenSource };

// @platformatic/kafka 2.12 reports a broker that dies during a login twice, the second time when
// nobody listens any more; an 'error' event without a listener would end the process.
connectionsConnectsChannel.start.subscribe((message) => {
  (message as { connection: Connection }).connection.on('error', () => undefined);
});

/** Options of a client that fails fast: whoever waits for a cluster says so around it. */
export function clientOptions(access: ClusterAccess, clientId: string): BaseOptions {
  return {
    clientId,
    bootstrapBrokers: [...access.bootstrap],
    connectTimeout: 5000,
    requestTimeout: 10_000,
    retries: 3,
    retryDelay: 200,
    ...securityOptions(access),
  };
}

/** TLS and login, as the client takes them. */
export const securityOptions = ({ tls, sasl }: ClusterAccess): ConnectionOptions => ({
  ...(tls ? { tls: tlsOptions(tls), tlsServerName: true } : {}),
  ...(sasl ? { sasl: saslOptions(sasl) } : {}),
});

const tlsOptions = (tls: Tls): NonNullable<ConnectionOptions['tls']> => ({
  ...(tls.ca ? { ca: pem(tls.ca) } : {}),
  ...(tls.certificate ? { cert: pem(tls.certificate) } : {}),
  ...(tls.key ? { key: pem(tls.key) } : {}),
  ...(tls.keyPassword === undefined ? {} : { passphrase: tls.keyPassword }),
  ...(tls.anyName ? { checkServerIdentity: () => undefined } : {}),
});

const pem = (pem: Pem): string => ('file' in pem ? readFileSync(pem.file, 'utf8') : pem.text);

const saslOptions = (sasl: Sasl): NonNullable<ConnectionOptions['sasl']> =>
  sasl.mechanism === 'OAUTHBEARER'
    ? { mechanism: sasl.mechanism, token: () => bearerToken(sasl.token) }
    : sasl;

/** Runs something with an administrator's client and closes it. */
export async function withAdmin<T>(
  access: ClusterAccess,
  run: (admin: Admin) => Promise<T>,
): Promise<T> {
  const admin = new Admin(clientOptions(access, 'krafter'));
  try {
    return await run(admin);
  } finally {
    await admin.close();
  }
}

/** Runs something on a connection to the first bootstrap broker that answers: for requests the client lacks. */
export async function withConnection<T>(
  access: ClusterAccess,
  run: (connection: Connection) => Promise<T>,
): Promise<T> {
  const failures: unknown[] = [];
  for (const server of access.bootstrap) {
    const connection = new Connection('krafter', clientOptions(access, 'krafter'));
    try {
      const { host, port } = hostAndPort(server);
      await connection.connect(host, port);
      return await run(connection);
    } catch (error) {
      failures.push(error);
    } finally {
      await connection.close();
    }
  }
  throw new AggregateError(failures, 'no broker answered');
}

/** Of `host:port`; an IPv6 address may stand in brackets, as Kafka takes it. */
export function hostAndPort(server: string): { readonly host: string; readonly port: number } {
  const at = server.lastIndexOf(':');
  return {
    host: server.slice(0, at).replace(/^\[(.*)\]$/, '$1'),
    port: Number(server.slice(at + 1)),
  };
}

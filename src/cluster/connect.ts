import { readFileSync } from 'node:fs';
import {
  Admin,
  type BaseOptions,
  Connection,
  connectionsConnectsChannel,
  SASLMechanisms,
} from '@platformatic/kafka';

/** How krafter reaches a live cluster. */
export type ClusterAccess = {
  /** `host:port` of brokers. */
  readonly bootstrap: readonly string[];
  readonly security?: {
    readonly caFile: string;
    readonly username: string;
    readonly password: string;
  };
};

// @platformatic/kafka 2.12 reports a broker that dies during a login twice, the second time when
// nobody listens any more; an 'error' event without a listener would end the process.
connectionsConnectsChannel.start.subscribe((message) => {
  (message as { connection: Connection }).connection.on('error', () => undefined);
});

/** Options of a client that fails fast: whoever waits for a cluster says so around it. */
export function clientOptions(access: ClusterAccess, clientId: string): BaseOptions {
  const { security } = access;
  return {
    clientId,
    bootstrapBrokers: [...access.bootstrap],
    connectTimeout: 5000,
    requestTimeout: 10_000,
    retries: 3,
    retryDelay: 200,
    ...(security
      ? {
          tls: { ca: readFileSync(security.caFile) },
          tlsServerName: true,
          sasl: {
            mechanism: SASLMechanisms.SCRAM_SHA_512,
            username: security.username,
            password: security.password,
          },
        }
      : {}),
  };
}

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
      const at = server.lastIndexOf(':');
      await connection.connect(server.slice(0, at), Number(server.slice(at + 1)));
      return await run(connection);
    } catch (error) {
      failures.push(error);
    } finally {
      await connection.close();
    }
  }
  throw new AggregateError(failures, 'no broker answered');
}

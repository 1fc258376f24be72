import { isIP } from 'node:net';
import { type API, apiVersionsV3, Connection, ResponseError } from '@platformatic/kafka';
import { type ClusterAccess, hostAndPort, securityOptions } from './connect.ts';
import { ClusterTrouble, troubleOf } from './trouble.ts';

/** Versions of one request, the newest first; all are asked and answered alike as far as it matters. */
export type Request<Arguments extends unknown[], Response> = readonly API<Arguments, Response>[];

export type Broker = { readonly host: string; readonly port: number };

/** What a broker said when it was greeted. */
type Greeting = {
  readonly features: ReadonlyMap<string, number>;
  /** The highest level that this broker could go to. */
  readonly supported: ReadonlyMap<string, number>;
  readonly versions: ReadonlyMap<number, { readonly min: number; readonly max: number }>;
};

/**
 * A cluster that is asked again and again: connections stay open between questions, and are made
 * anew when they broke. Answers hold the error codes of their parts: what one topic is refused
 * does not hide the others.
 */
export type LiveCluster = {
  /** Asks whichever broker answers first; only for questions, because two may be asked. */
  readonly ask: <A extends unknown[], R>(request: Request<A, R>, ...args: A) => Promise<R>;
  /** Asks this broker alone. */
  readonly askOf: <A extends unknown[], R>(
    broker: Broker,
    request: Request<A, R>,
    ...args: A
  ) => Promise<R>;
  readonly greeting: () => Promise<Greeting>;
  readonly access: ClusterAccess;
  readonly close: () => Promise<void>;
};

/** Together with the way through several brokers they leave a typed error below 5 s. */
const patienceMs = 3500;
const allInAllMs = 4500;
/** So long one broker alone is asked; then the next one too. */
const headStartMs = 300;

type Link = { readonly connection: Connection; readonly greeting: Greeting };

export function liveCluster(access: ClusterAccess): LiveCluster {
  const links = new Map<string, Promise<Link>>();
  /** The one that answered last comes first. */
  let servers = access.bootstrap.map(hostAndPort);

  const link = (broker: Broker): Promise<Link> => {
    const key = nameOf(broker);
    const known = links.get(key);
    if (!known) return opened(broker, key);
    return known.then((open) => {
      if (open.connection.isConnected()) return open;
      // One that waited for an answer in vain is closed, and tells of it later.
      if (links.get(key) === known) links.delete(key);
      return link(broker);
    });
  };

  const opened = (broker: Broker, key: string): Promise<Link> => {
    const opening = greet(access, broker);
    links.set(key, opening);
    const forget = () => {
      if (links.get(key) === opening) links.delete(key);
    };
    opening.then(({ connection }) => connection.once('close', forget), forget);
    return opening;
  };

  const askOf: LiveCluster['askOf'] = async (broker, request, ...args) => {
    try {
      const { connection, greeting } = await link(broker);
      return await answer(connection, spoken(greeting, request), args);
    } catch (error) {
      throw troubleOf(error, nameOf(broker));
    }
  };

  async function any<T>(run: (broker: Broker) => Promise<T>): Promise<T> {
    try {
      const { broker, result } = await firstOf(servers, run);
      servers = [broker, ...servers.filter((other) => other !== broker)];
      return result;
    } catch (error) {
      throw troubleOf(error, servers.map(nameOf).join(','));
    }
  }

  return {
    access,
    askOf,
    ask: (request, ...args) => any((broker) => askOf(broker, request, ...args)),
    greeting: () => any(async (broker) => (await link(broker)).greeting),
    async close() {
      const open = await Promise.allSettled(links.values());
      links.clear();
      await Promise.all(
        open.map((one) => (one.status === 'fulfilled' ? ended(one.value.connection) : undefined)),
      );
    },
  };
}

export const nameOf = ({ host, port }: Broker): string => `${host}:${port}`;

/**
 * @platformatic/kafka 2.12 waits for ever when it closes a connection on which two requests timed
 * out: the second one calls it closing again when it is closed.
 */
async function ended(connection: Connection): Promise<void> {
  const isOpen = connection.isConnected();
  const closed = connection.close();
  if (isOpen) await closed;
  else connection.socket?.destroy();
}

/** One after the other, without waiting for one that is silent. */
function firstOf<T>(
  brokers: readonly Broker[],
  run: (broker: Broker) => Promise<T>,
): Promise<{ readonly broker: Broker; readonly result: T }> {
  return new Promise((resolve, reject) => {
    const failures: unknown[] = [];
    const waiting = [...brokers];
    let headStart: NodeJS.Timeout | undefined;
    const limit = setTimeout(() => {
      end();
      reject(new AggregateError([...failures, new Error('timed out')]));
    }, allInAllMs);
    const end = () => {
      waiting.length = 0;
      clearTimeout(headStart);
      clearTimeout(limit);
    };
    const next = () => {
      clearTimeout(headStart);
      const broker = waiting.shift();
      if (broker === undefined) return;
      headStart = setTimeout(next, headStartMs);
      run(broker).then(
        (result) => {
          end();
          resolve({ broker, result });
        },
        (error) => {
          failures.push(error);
          next();
          if (failures.length < brokers.length) return;
          end();
          reject(new AggregateError(failures));
        },
      );
    };
    next();
  });
}

async function greet(access: ClusterAccess, { host, port }: Broker): Promise<Link> {
  const connection = new Connection('krafter', {
    connectTimeout: patienceMs,
    requestTimeout: patienceMs,
    ...securityOptions(access),
    // An address is no server name (RFC 6066); the certificate is compared with it all the same.
    ...(isIP(host) ? { tlsServerName: false } : {}),
  });
  try {
    await connection.connect(host, port);
    const told = await apiVersionsV3.api.async(connection, 'krafter', '1');
    return { connection, greeting: greetingOf(told) };
  } catch (error) {
    await ended(connection);
    throw error;
  }
}

const greetingOf = (told: Awaited<ReturnType<(typeof apiVersionsV3.api)['async']>>): Greeting => ({
  features: new Map(
    told.finalizedFeatures?.map(({ name, maxVersionLevel }) => [name, maxVersionLevel]),
  ),
  supported: new Map(told.supportedFeatures?.map(({ name, maxVersion }) => [name, maxVersion])),
  versions: new Map(
    told.apiKeys.map(({ apiKey, minVersion, maxVersion }) => [
      apiKey,
      { min: minVersion, max: maxVersion },
    ]),
  ),
});

function spoken<A extends unknown[], R>({ versions }: Greeting, request: Request<A, R>): API<A, R> {
  const found = request.find(({ key, version }) => {
    const range = versions.get(key);
    return range !== undefined && version >= range.min && version <= range.max;
  });
  if (found) return found;
  throw new ClusterTrouble('unsupported', {
    what: 'These brokers do not know this request.',
    why: `It is number ${request[0]?.key} of Kafka's protocol, version ${request.map(({ version }) => version).join(' or ')}.`,
    next: 'krafter asks Kafka 3.9 and newer; older brokers have to be upgraded first.',
  });
}

/** With the error codes of its parts in it, for which the client throws the whole. */
export async function answer<A extends unknown[], R>(
  connection: Connection,
  api: API<A, R>,
  args: A,
): Promise<R> {
  try {
    return await api.async(connection, ...args);
  } catch (error) {
    if (error instanceof ResponseError && error.response !== undefined) return error.response as R;
    throw error;
  }
}

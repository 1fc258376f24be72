import type { EventEmitter } from 'node:events';
import rdkafka, {
  type EventHandlers,
  type GlobalConfig,
  type LibrdKafkaError,
} from '@confluentinc/kafka-javascript';
import type { Cluster } from './cluster.ts';
import { credentialRefusal } from './errors.ts';
import type { KafkaRefused } from './failures.ts';

/** How long a broker may take to answer a question. */
export const ANSWER_MS = 5000;

/** What all clients of these brokers are configured with. */
export function connectionConfig(cluster: Cluster): GlobalConfig {
  return {
    'bootstrap.servers': cluster.settings.bootstrapServers.join(','),
    'client.id': cluster.settings.clientId,
    'socket.keepalive.enable': true,
    // Found again within two seconds after an outage, not within ten.
    'reconnect.backoff.max.ms': 2000,
    // Brokers close idle connections; that is no news.
    'log.connection.close': false,
    'allow.auto.create.topics': false,
    ...securityConfig(cluster),
  };
}

/** Of an idempotent producer: an event is sent when all in-sync replicas have it, once, in order. */
export const durable = {
  acks: -1,
  'enable.idempotence': true,
  // The most for which the broker can still put retried batches in order.
  'max.in.flight.requests.per.connection': 5,
  'compression.codec': 'lz4',
  // The broker decides what is too large; it looks at whole batches.
  'message.max.bytes': 10_000_000,
  dr_cb: true,
} as const;

function securityConfig(cluster: Cluster): GlobalConfig {
  const { security } = cluster.settings;
  if (security.kind === 'plaintext') {
    return { 'security.protocol': 'plaintext' };
  }
  const tls: GlobalConfig = {
    'ssl.ca.pem': security.ca,
    // A certificate of another host proves nothing.
    'ssl.endpoint.identification.algorithm': 'https',
  };
  switch (security.kind) {
    case 'mtls':
      return {
        ...tls,
        'security.protocol': 'ssl',
        'ssl.certificate.pem': security.certificate,
        'ssl.key.pem': security.key,
      };
    case 'scram':
      return {
        ...tls,
        'security.protocol': 'sasl_ssl',
        'sasl.mechanisms': 'SCRAM-SHA-512',
        'sasl.username': security.username,
        'sasl.password': security.password,
      };
    case 'oauth':
      return {
        ...tls,
        'security.protocol': 'sasl_ssl',
        'sasl.mechanisms': 'OAUTHBEARER',
        oauthbearer_token_refresh_cb: async () => {
          const { value, expiresAt } = await cluster.token();
          return { tokenValue: value, lifetime: expiresAt, principal: security.client.id };
        },
      };
  }
}

interface LogLine {
  fac: string;
  message: string;
}

/** Takes what a client reports beside its answers: refusals, and lines of its own log. */
export function listen(client: object, cluster: Cluster): void {
  for (const [event, listener] of Object.entries(listeners(cluster))) {
    (client as EventEmitter).on(event, listener);
  }
}

/** A refusal comes with each attempt of each connection, and is told this often at most. */
const TOLD_EVERY_MS = 10_000;

export function listeners(cluster: Cluster): EventHandlers {
  let toldAt = 0;
  const refused = (refusal: KafkaRefused): void => {
    if (Date.now() - toldAt > TOLD_EVERY_MS) {
      toldAt = Date.now();
      cluster.refused(refusal);
    }
  };
  const failed = (error: Error): void => {
    const refusal = credentialRefusal(reported(error));
    if (refusal) {
      refused(refusal);
    } else {
      // Reported for each attempt and each broker; who waits for an answer says it once.
      cluster.log.debug({ logger: 'librdkafka' }, error.message);
    }
  };
  return {
    'event.error': failed,
    // Of the token callback.
    error: failed,
    'event.log': ({ fac, message }: LogLine) => {
      cluster.log.debug({ logger: `librdkafka.${fac}` }, message);
      // Why a handshake failed is said nowhere else.
      const refusal = fac === 'FAIL' ? credentialRefusal(tlsFailure(message)) : undefined;
      if (refusal) {
        refused(refusal);
      }
    },
  };
}

/** Of an error that is an event, the client keeps the text and drops the code. */
export function reported(error: Error): Error {
  const code = codesOfEvents[error.message];
  return code === undefined ? error : Object.assign(error, { code });
}

const { ERRORS } = rdkafka.CODES;

const codesOfEvents: Readonly<Record<string, number>> = {
  'authentication failure': ERRORS.ERR__AUTHENTICATION,
  'all broker connections are down': ERRORS.ERR__ALL_BROKERS_DOWN,
  'fatal error': ERRORS.ERR__FATAL,
  'group authorization failed': ERRORS.ERR_GROUP_AUTHORIZATION_FAILED,
  'topic authorization failed': ERRORS.ERR_TOPIC_AUTHORIZATION_FAILED,
};

/** The text is after the thread's and the broker's name. */
function tlsFailure(line: string): Error {
  const [, message = line] = line.split('/bootstrap: ');
  return Object.assign(new Error(message), { code: ERRORS.ERR__SSL });
}

type Callback<Answer> = (error: LibrdKafkaError, answer: Answer) => void;

/** The client speaks in callbacks. Its errors are instances of Error, which its types don't say. */
export function answer<Answer>(ask: (done: Callback<Answer>) => unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    ask((error: unknown, value) => {
      if (error instanceof Error) {
        reject(error);
      } else {
        resolve(value);
      }
    });
  });
}

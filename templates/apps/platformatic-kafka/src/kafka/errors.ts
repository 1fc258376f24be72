import { DeliveryFailed, KafkaRefused } from './failures.ts';
import { TokenRefused } from './oauth-tokens.ts';

/** What the user may have no rights on, by the name that the refusal should give. */
export interface Names {
  topic?: string;
  groupId?: string;
  transactionalId?: string;
}

/** Wrong password or token, unknown mechanism, or a certificate that isn't accepted. */
export function credentialRefusal(error: unknown): KafkaRefused | undefined {
  const causes = [...causesOf(error)];
  for (const cause of causes) {
    const code = cause.code ?? '';
    if (cause instanceof TokenRefused) {
      return new KafkaRefused(cause.message, { cause: error });
    }
    if (saslErrors.has(cause.apiId ?? '')) {
      return new KafkaRefused('Kafka refused the credentials', { cause: error });
    }
    if (tlsAlerts.test(code)) {
      return new KafkaRefused(`The broker refused the client's certificate (${code})`, {
        cause: error,
      });
    }
    if (tlsErrors.test(code)) {
      return new KafkaRefused(
        `The broker's certificate is not accepted (${code}); see KAFKA_SSL_CA_FILE`,
        {
          cause: error,
        },
      );
    }
    if (cause.message === 'Broker requires TLS.') {
      return new KafkaRefused('The broker speaks TLS only; KAFKA_SECURITY_PROTOCOL is PLAINTEXT', {
        cause: error,
      });
    }
  }
  // The client calls it an authentication error too when no token could be fetched.
  const login = causes.find(({ code }) => code === 'PLT_KFK_AUTHENTICATION');
  return login && !login.message.includes('provider')
    ? new KafkaRefused('Kafka refused the credentials', { cause: error })
    : undefined;
}

/** The user is known, but an ACL for the topic, the group or the transactional id is missing. */
export function rightsRefusal(error: unknown, names: Names): KafkaRefused | undefined {
  for (const { apiId } of causesOf(error)) {
    if (apiId?.endsWith('_AUTHORIZATION_FAILED')) {
      return new KafkaRefused(`The user has no rights on ${refusedName(apiId, names)} (${apiId})`, {
        cause: error,
      });
    }
  }
  return undefined;
}

function refusedName(apiId: string, names: Names): string {
  const { topic, groupId, transactionalId } = names;
  if (apiId.startsWith('GROUP') && groupId) {
    return `the group ${groupId}`;
  }
  if (apiId.startsWith('TRANSACTIONAL_ID') && transactionalId) {
    return `the transactional id ${transactionalId}`;
  }
  return apiId.startsWith('TOPIC') && topic ? `the topic ${topic}` : 'the cluster';
}

/** Another instance with the same transactional id, or the broker after its time-out, took over. */
export function fencing(error: unknown, transactionalId: string): KafkaRefused | undefined {
  for (const { apiId } of causesOf(error)) {
    if (apiId === 'PRODUCER_FENCED' || apiId === 'INVALID_PRODUCER_EPOCH') {
      return new KafkaRefused(
        `Fenced: another instance took over the transactional id ${transactionalId} (${apiId})`,
        { cause: error },
      );
    }
  }
  return undefined;
}

/** Reads a failed send the way the caller will be told about it. */
export function deliveryFailure(error: unknown): DeliveryFailed {
  if (error instanceof DeliveryFailed) {
    return error;
  }
  if (rightsRefusal(error, {})) {
    return new DeliveryFailed('unauthorised', 'Kafka does not allow writing to the topic.', error);
  }
  for (const { apiId } of causesOf(error)) {
    if (apiId === 'MESSAGE_TOO_LARGE' || apiId === 'RECORD_LIST_TOO_LARGE') {
      return new DeliveryFailed('too_large', 'The record is larger than the topic accepts.', error);
    }
  }
  return isUnknownTopic(error)
    ? new DeliveryFailed('unknown_topic', 'The topic does not exist.', error)
    : new DeliveryFailed('timeout', 'Kafka did not acknowledge the event in time.', error);
}

/** The client reports a missing topic as a user error without a protocol code. */
export function isUnknownTopic(error: unknown): boolean {
  return [...causesOf(error)].some(
    (cause) =>
      cause.apiId === 'UNKNOWN_TOPIC_OR_PARTITION' || cause.message.startsWith('Unknown topic '),
  );
}

/** The protocol's name of an error anywhere inside this one. */
export function hasErrorCode(error: unknown, apiId: string): boolean {
  return [...causesOf(error)].some((cause) => cause.apiId === apiId);
}

const saslErrors = new Set([
  'SASL_AUTHENTICATION_FAILED',
  'UNSUPPORTED_SASL_MECHANISM',
  'ILLEGAL_SASL_STATE',
]);

const tlsAlerts = /^ERR_SSL_.*ALERT/;
const tlsErrors =
  /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED_CERT|INVALID_CA|HOSTNAME_MISMATCH)/;

interface Cause extends Error {
  code?: string;
  apiId?: string;
}

/** The client wraps: a failed operation holds the failed attempts, an attempt holds its cause. */
function* causesOf(error: unknown): Iterable<Cause> {
  if (!(error instanceof Error)) {
    return;
  }
  yield error;
  yield* causesOf(error.cause);
  if (error instanceof AggregateError) {
    for (const inner of error.errors as unknown[]) {
      yield* causesOf(inner);
    }
  }
}

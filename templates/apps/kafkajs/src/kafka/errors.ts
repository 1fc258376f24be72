import { DeliveryFailed, KafkaRefused } from './failures.ts';

/** What the user may have no rights on, by the name that the refusal should give. */
export interface Names {
  topic?: string;
  groupId?: string;
  transactionalId?: string;
}

/** Wrong password or token, unknown mechanism, or a certificate that isn't accepted. */
export function credentialRefusal(error: unknown): KafkaRefused | undefined {
  const causes = [...causesOf(error)];
  const token = causes.find((cause) => cause.name === 'TokenRefused');
  if (token) {
    return new KafkaRefused(token.message, { cause: error });
  }
  for (const { name, code } of causes) {
    if (name === 'KafkaJSSASLAuthenticationError') {
      return new KafkaRefused('Kafka refused the credentials', { cause: error });
    }
    if (typeof code === 'string' && tlsAlerts.test(code)) {
      return new KafkaRefused(`The broker refused the client's certificate (${code})`, {
        cause: error,
      });
    }
    if (typeof code === 'string' && tlsErrors.test(code)) {
      const reason = `The broker's certificate is not accepted (${code}); see KAFKA_SSL_CA_FILE`;
      return new KafkaRefused(reason, { cause: error });
    }
  }
  return undefined;
}

/** The user is known, but an ACL for the topic, the group or the transactional id is missing. */
export function rightsRefusal(error: unknown, names: Names): KafkaRefused | undefined {
  for (const { type } of causesOf(error)) {
    if (type?.endsWith('_AUTHORIZATION_FAILED')) {
      return new KafkaRefused(`The user has no rights on ${refusedName(type, names)} (${type})`, {
        cause: error,
      });
    }
  }
  return undefined;
}

function refusedName(type: string, names: Names): string {
  const { topic, groupId, transactionalId } = names;
  if (type.startsWith('GROUP') && groupId) {
    return `the group ${groupId}`;
  }
  if (type.startsWith('TRANSACTIONAL_ID') && transactionalId) {
    return `the transactional id ${transactionalId}`;
  }
  return type.startsWith('TOPIC') && topic ? `the topic ${topic}` : 'the cluster';
}

/** Another instance with the same transactional id, or the broker after its time-out, took over. */
export function fencing(error: unknown, transactionalId: string): KafkaRefused | undefined {
  for (const { type, code } of causesOf(error)) {
    if (type === 'INVALID_PRODUCER_EPOCH' || code === PRODUCER_FENCED) {
      return new KafkaRefused(
        `Fenced: another instance took over the transactional id ${transactionalId}`,
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
  if (hasErrorType(error, 'MESSAGE_TOO_LARGE') || hasErrorType(error, 'RECORD_LIST_TOO_LARGE')) {
    return new DeliveryFailed('too_large', 'The record is larger than the topic accepts.', error);
  }
  return isUnknownTopic(error)
    ? new DeliveryFailed('unknown_topic', 'The topic does not exist.', error)
    : new DeliveryFailed('timeout', 'Kafka did not acknowledge the event in time.', error);
}

export function isUnknownTopic(error: unknown): boolean {
  return hasErrorType(error, 'UNKNOWN_TOPIC_OR_PARTITION');
}

/** The protocol's name of an error anywhere inside this one. */
export function hasErrorType(error: unknown, type: string): boolean {
  return [...causesOf(error)].some((cause) => cause.type === type);
}

/** KIP-588 is younger than the client: it knows the code, but not the name. */
const PRODUCER_FENCED = 90;

const tlsAlerts = /^ERR_SSL_.*ALERT/;
const tlsErrors =
  /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED_CERT|INVALID_CA|HOSTNAME_MISMATCH)/;

interface Cause extends Error {
  /** Node's text, or Kafka's number. */
  code?: string | number;
  type?: string;
}

/** The client wraps: what ends its retries holds the last failure as its cause. */
function* causesOf(error: unknown): Iterable<Cause> {
  if (error instanceof Error) {
    yield error;
    yield* causesOf(error.cause);
  }
}

/** Kafka refused for good: trying again with the same credentials, certificate or rights won't help. */
export class KafkaRefused extends Error {
  override name = 'KafkaRefused';
}

export type DeliveryFailure = 'too_large' | 'unauthorised' | 'unknown_topic' | 'timeout';

/** A record that was not delivered, and the kind of reason that a caller can act on. */
export class DeliveryFailed extends Error {
  override name = 'DeliveryFailed';
  readonly kind: DeliveryFailure;

  constructor(kind: DeliveryFailure, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

/** Wrong password, unknown mechanism, or a certificate that doesn't verify. */
export function credentialRefusal(error: unknown): KafkaRefused | undefined {
  for (const cause of causesOf(error)) {
    const code = cause.code ?? '';
    if (code === 'PLT_KFK_AUTHENTICATION' || saslErrors.has(cause.apiId ?? '')) {
      return new KafkaRefused('Kafka refused the user name or the password', { cause: error });
    }
    if (tlsErrors.test(code)) {
      return new KafkaRefused(`The broker's certificate is not accepted: ${cause.message}`, {
        cause: error,
      });
    }
    if (cause.message === 'Broker requires TLS.') {
      return new KafkaRefused('The broker speaks TLS only; KAFKA_SECURITY_PROTOCOL is PLAINTEXT', {
        cause: error,
      });
    }
  }
  return undefined;
}

/** The user is known, but an ACL for the topic, the group or the cluster is missing. */
export function rightsRefusal(error: unknown): KafkaRefused | undefined {
  for (const { apiId } of causesOf(error)) {
    if (apiId?.endsWith('_AUTHORIZATION_FAILED')) {
      return new KafkaRefused(`Kafka refused: the user has no rights (${apiId})`, { cause: error });
    }
  }
  return undefined;
}

/** Reads a failed send the way the caller will be told about it. */
export function deliveryFailure(error: unknown): DeliveryFailed {
  if (error instanceof DeliveryFailed) {
    return error;
  }
  if (rightsRefusal(error)) {
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

const saslErrors = new Set([
  'SASL_AUTHENTICATION_FAILED',
  'UNSUPPORTED_SASL_MECHANISM',
  'ILLEGAL_SASL_STATE',
]);

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

import rdkafka from '@confluentinc/kafka-javascript';
import { DeliveryFailed, KafkaRefused } from './failures.ts';
import { TokenRefused } from './oauth-tokens.ts';

const { ERRORS } = rdkafka.CODES;

/** What the user may have no rights on, by the name that the refusal should give. */
export interface Names {
  topic?: string;
  groupId?: string;
  transactionalId?: string;
}

/** Wrong password or token, unknown mechanism, or a certificate that isn't accepted. */
export function credentialRefusal(error: unknown): KafkaRefused | undefined {
  for (const cause of causesOf(error)) {
    if (cause instanceof TokenRefused) {
      return new KafkaRefused(cause.message, { cause: error });
    }
    if (cause.code === ERRORS.ERR__AUTHENTICATION) {
      return new KafkaRefused('Kafka refused the credentials', { cause: error });
    }
    // A port that is open before its broker is (Docker's proxy) breaks the handshake as well.
    if (cause.code === ERRORS.ERR__SSL && /certificate/i.test(cause.message)) {
      return new KafkaRefused(`A certificate is not accepted: ${brief(cause)}`, { cause: error });
    }
  }
  return undefined;
}

/** The user is known, but an ACL for the topic, the group or the transactional id is missing. */
export function rightsRefusal(error: unknown, names: Names): KafkaRefused | undefined {
  for (const { code } of causesOf(error)) {
    const what = typeof code === 'number' ? missingRight(code, names) : undefined;
    if (what) {
      return new KafkaRefused(`The user has no rights on ${what}`, { cause: error });
    }
  }
  return undefined;
}

function missingRight(code: number, names: Names): string | undefined {
  switch (code) {
    case ERRORS.ERR_TOPIC_AUTHORIZATION_FAILED:
      return names.topic ? `the topic ${names.topic}` : 'a topic';
    case ERRORS.ERR_GROUP_AUTHORIZATION_FAILED:
      return names.groupId ? `the group ${names.groupId}` : 'a group';
    case ERRORS.ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
      return `the transactional id ${names.transactionalId ?? ''}`;
    case ERRORS.ERR_CLUSTER_AUTHORIZATION_FAILED:
      return 'the cluster';
    default:
      return undefined;
  }
}

/** Another instance with the same transactional id, or the broker after its time-out, took over. */
export function fencing(error: unknown, transactionalId: string): KafkaRefused | undefined {
  const codes = [ERRORS.ERR__FENCED, ERRORS.ERR_INVALID_PRODUCER_EPOCH, PRODUCER_FENCED];
  return hasCode(error, codes) ||
    [...causesOf(error)].some(({ message }) => /fenced/i.test(message))
    ? new KafkaRefused(
        `Fenced: another instance took over the transactional id ${transactionalId}`,
        { cause: error },
      )
    : undefined;
}

/** Reads a failed send the way the caller will be told about it. */
export function deliveryFailure(error: unknown): DeliveryFailed {
  if (error instanceof DeliveryFailed) {
    return error;
  }
  if (rightsRefusal(error, {})) {
    return new DeliveryFailed('unauthorised', 'Kafka does not allow writing to the topic.', error);
  }
  if (hasCode(error, [ERRORS.ERR_MSG_SIZE_TOO_LARGE, ERRORS.ERR_RECORD_LIST_TOO_LARGE])) {
    return new DeliveryFailed('too_large', 'The record is larger than the topic accepts.', error);
  }
  return isUnknownTopic(error)
    ? new DeliveryFailed('unknown_topic', 'The topic does not exist.', error)
    : new DeliveryFailed('timeout', 'Kafka did not acknowledge the event in time.', error);
}

export function isUnknownTopic(error: unknown): boolean {
  return hasCode(error, [ERRORS.ERR_UNKNOWN_TOPIC_OR_PART, ERRORS.ERR__UNKNOWN_TOPIC]);
}

export function hasCode(error: unknown, codes: readonly number[]): boolean {
  return [...causesOf(error)].some(({ code }) => codes.includes(code as number));
}

/** KIP-588; not among the client's names. */
const PRODUCER_FENCED = 90;

interface Cause extends Error {
  code?: number | string;
}

function* causesOf(error: unknown): Iterable<Cause> {
  if (error instanceof Error) {
    yield error;
    yield* causesOf(error.cause);
  }
}

/** librdkafka adds hints, and how often it tried. */
function brief({ message }: Error): string {
  return message.split(' (')[0] ?? message;
}

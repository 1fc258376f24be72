import { AuthenticationError, ProtocolError } from '@platformatic/kafka';
import { type TroubleKind, TypedError } from '../errors.ts';
import { innermost } from './errors.ts';

/** What can come between a question and a live cluster's answer. */
export class ClusterTrouble extends TypedError {}

type Reading = { readonly kind: TroubleKind; readonly why: string; readonly next: string };

/** What an error of the client or of the system says about the way to a broker. */
export function troubleOf(error: unknown, where: string): ClusterTrouble {
  if (error instanceof ClusterTrouble) return error;
  const { kind, why, next } = reading(error);
  return new ClusterTrouble(kind, { what: whats[kind], where, why, next }, error);
}

const whats: Readonly<Record<TroubleKind, string>> = {
  unreachable: 'No broker can be reached.',
  unauthorised: 'The cluster does not let this user in, or not do this.',
  'not-found': 'There is no such thing in the cluster.',
  invalid: 'The cluster and the settings of the connection do not fit.',
  conflict: 'The cluster is not in the state for this.',
  timeout: 'No broker answered in time.',
  unsupported: 'These brokers do not know this request.',
};

/** The most telling of several: one that is refused says more than one that is not there. */
function reading(error: unknown): Reading {
  const readings = [...chain(error)].flatMap((one) => readingOfOne(one) ?? []);
  return (
    readings.toSorted((a, b) => weights[a.kind] - weights[b.kind])[0] ?? {
      kind: 'unreachable',
      why: innermost(error),
      next: 'Ask whether the brokers run, and whether bootstrap.servers names them.',
    }
  );
}

/** What says most first. */
const weights: Readonly<Record<TroubleKind, number>> = {
  unauthorised: 0,
  invalid: 1,
  unsupported: 2,
  conflict: 3,
  'not-found': 4,
  timeout: 5,
  unreachable: 6,
};

/** An error, its causes and its parts. */
function* chain(error: unknown, depth = 0): Generator<Error> {
  if (!(error instanceof Error) || depth > 8) return;
  yield error;
  yield* chain(error.cause, depth + 1);
  if (error instanceof AggregateError)
    for (const part of error.errors) yield* chain(part, depth + 1);
}

function readingOfOne(error: Error): Reading | undefined {
  if (error instanceof ClusterTrouble)
    return { kind: error.kind, why: error.trouble.why ?? '', next: error.trouble.next ?? '' };
  if (error instanceof AuthenticationError)
    return /suitable SASL mechanism/.test(error.message)
      ? {
          kind: 'invalid',
          why: 'The listener does not offer this sasl.mechanism.',
          next: 'Set sasl.mechanism to one of sasl.enabled.mechanisms of the brokers.',
        }
      : {
          kind: 'unauthorised',
          why: 'The login was refused.',
          next: 'Look at user and password, and at sasl.mechanism.',
        };
  if (error instanceof ProtocolError) return ofProtocol(error);
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  return ofSystem(code, error.message);
}

function ofProtocol(error: ProtocolError): Reading | undefined {
  const id = String((error as { apiId?: unknown }).apiId);
  if (/AUTHORIZATION_FAILED/.test(id))
    return {
      kind: 'unauthorised',
      why: `The broker says ${id}.`,
      next: 'Give the user this right with kafka-acls.sh, or ask as another user.',
    };
  if (/AUTHENTICATION|ILLEGAL_SASL_STATE/.test(id))
    return {
      kind: 'unauthorised',
      why: `The broker says ${id}.`,
      next: 'Look at user and password, and at sasl.mechanism.',
    };
  if (id === 'UNSUPPORTED_VERSION')
    return {
      kind: 'unsupported',
      why: 'The broker does not know this request.',
      next: 'krafter asks Kafka 3.9 and newer; older brokers have to be upgraded first.',
    };
  if (id === 'REQUEST_TIMED_OUT')
    return {
      kind: 'timeout',
      why: 'The broker did not get it done in time.',
      next: 'Ask again; if it stays, ask krafter health who leads the controllers.',
    };
  return undefined;
}

function ofSystem(code: string, message: string): Reading | undefined {
  if (/ENOTFOUND|EAI_AGAIN/.test(code))
    return {
      kind: 'unreachable',
      why: 'The name of a broker has no address here.',
      next: 'Look at bootstrap.servers, and at advertised.listeners of the brokers.',
    };
  if (/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/.test(code))
    return {
      kind: 'unreachable',
      why: 'Nothing listens there.',
      next: 'Ask whether the broker runs, and whether bootstrap.servers has its port.',
    };
  if (/CERT|UNABLE_TO|SELF_SIGNED/.test(code))
    return {
      kind: 'invalid',
      why: `The broker's certificate is not accepted: ${message}.`,
      next: 'Put the CA that signed it in ssl.truststore.location (PEM), and connect by a name that it has.',
    };
  if (/requires TLS|verify the broker supports TLS|wrong version number/.test(message))
    return {
      kind: 'invalid',
      why: 'One side speaks TLS, the other does not.',
      next: 'Set security.protocol to that of the listener: PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL.',
    };
  if (/alert (certificate|bad certificate|handshake failure|unknown ca)/i.test(message))
    return {
      kind: 'unauthorised',
      why: "The broker does not accept this client's certificate.",
      next: 'Set ssl.keystore.location (PEM) to a certificate that the brokers trust.',
    };
  if (/timed out/i.test(message))
    return {
      kind: 'timeout',
      why: 'Something listens there, or swallows packets, and says nothing.',
      next: 'Ask whether it is a broker, and whether it is overloaded or behind a firewall.',
    };
  if (message === 'Connection closed')
    return {
      kind: 'unreachable',
      why: 'The broker closed the connection.',
      next: 'Look at security.protocol: a listener with SASL closes on who does not log in.',
    };
  return undefined;
}

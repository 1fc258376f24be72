import assert from 'node:assert/strict';
import { test } from 'node:test';
import kafkajs from 'kafkajs';
import {
  credentialRefusal,
  deliveryFailure,
  fencing,
  isUnknownTopic,
  rightsRefusal,
} from '../../src/kafka/errors.ts';
import { KafkaRefused } from '../../src/kafka/failures.ts';
import { TokenRefused } from '../../src/kafka/oauth-tokens.ts';

const {
  KafkaJSConnectionError,
  KafkaJSError,
  KafkaJSNumberOfRetriesExceeded,
  KafkaJSProtocolError,
} = kafkajs;

function wrapped(cause: Error): Error {
  return new KafkaJSNumberOfRetriesExceeded(cause, { retryCount: 3, retryTime: 100 });
}

function protocolError(type: string, code = 0): Error {
  return new KafkaJSProtocolError({ type, code, message: type, retriable: false } as never);
}

function connectionError(code: string): Error {
  return new KafkaJSConnectionError('Connection error', { broker: 'kafka:9092', code });
}

test('a wrong password is a refusal, however deep the client wraps it', () => {
  const error = new KafkaJSError('SASL SCRAM SHA512 authentication failed');
  Object.defineProperty(error, 'name', { value: 'KafkaJSSASLAuthenticationError' });
  assert.ok(credentialRefusal(wrapped(error)) instanceof KafkaRefused);
});

for (const code of [
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]) {
  test(`a certificate with ${code} is a refusal`, () => {
    const refusal = credentialRefusal(wrapped(connectionError(code)));
    assert.match(refusal?.message ?? '', new RegExp(code));
  });
}

test('a broker that wants another client certificate is a refusal', () => {
  const error = connectionError('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED');
  assert.match(credentialRefusal(wrapped(error))?.message ?? '', /client's certificate/);
});

for (const code of ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']) {
  test(`${code} is no refusal: the brokers may come back`, () => {
    const error = wrapped(connectionError(code));
    assert.equal(credentialRefusal(error), undefined);
    assert.equal(rightsRefusal(error, {}), undefined);
  });
}

test('a missing ACL is a refusal of rights, not of credentials', () => {
  const error = wrapped(protocolError('GROUP_AUTHORIZATION_FAILED'));
  assert.equal(credentialRefusal(error), undefined);
  assert.equal(
    rightsRefusal(error, { groupId: 'readers', topic: 'events' })?.message,
    'The user has no rights on the group readers (GROUP_AUTHORIZATION_FAILED)',
  );
});

test('a token endpoint that says no is a refusal, one that is away is none', () => {
  const failedLogin = (cause: Error) => wrapped(new Error(cause.message, { cause }));
  assert.ok(credentialRefusal(failedLogin(new TokenRefused('invalid_client'))));
  assert.equal(credentialRefusal(failedLogin(new TypeError('fetch failed'))), undefined);
});

for (const error of [protocolError('INVALID_PRODUCER_EPOCH', 47), protocolError('UNKNOWN', 90)]) {
  test(`${error.message} is told as another instance that took over`, () => {
    assert.match(fencing(wrapped(error), 'tx-1')?.message ?? '', /tx-1/);
  });
}

test('other protocol errors are no fencing', () => {
  assert.equal(fencing(wrapped(protocolError('NOT_COORDINATOR', 16)), 'tx-1'), undefined);
});

const deliveries = {
  too_large: protocolError('MESSAGE_TOO_LARGE'),
  unauthorised: protocolError('TOPIC_AUTHORIZATION_FAILED'),
  unknown_topic: protocolError('UNKNOWN_TOPIC_OR_PARTITION'),
  timeout: protocolError('NOT_ENOUGH_REPLICAS'),
};
for (const [kind, error] of Object.entries(deliveries)) {
  test(`${error.message} is told to the caller as ${kind}`, () => {
    assert.equal(deliveryFailure(wrapped(error)).kind, kind);
  });
}

test('a delivery failure stays what it is', () => {
  const failure = deliveryFailure(protocolError('MESSAGE_TOO_LARGE'));
  assert.equal(deliveryFailure(failure), failure);
});

test('an unknown topic is recognised', () => {
  assert.ok(isUnknownTopic(wrapped(protocolError('UNKNOWN_TOPIC_OR_PARTITION'))));
  assert.ok(!isUnknownTopic('UNKNOWN_TOPIC_OR_PARTITION'));
});

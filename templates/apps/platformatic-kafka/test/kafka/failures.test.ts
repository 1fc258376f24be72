import {
  AuthenticationError,
  MultipleErrors,
  NetworkError,
  ProtocolError,
  UserError,
} from '@platformatic/kafka';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  credentialRefusal,
  deliveryFailure,
  isUnknownTopic,
  KafkaRefused,
  rightsRefusal,
} from '../../src/kafka/failures.ts';

function wrapped(cause: Error): Error {
  const attempt = new NetworkError('Connection to kafka:9092 failed.', { cause });
  return new MultipleErrors('metadata failed 2 times.', [attempt]);
}

test('a wrong password is a refusal, however deep the client wraps it', () => {
  const refusal = credentialRefusal(
    wrapped(new AuthenticationError('SASL authentication failed.')),
  );
  assert.ok(refusal instanceof KafkaRefused);
});

for (const code of [
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]) {
  test(`a certificate with ${code} is a refusal`, () => {
    const cause = Object.assign(new Error('certificate'), { code });
    assert.match(credentialRefusal(wrapped(cause))?.message ?? '', /certificate/);
  });
}

for (const code of ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']) {
  test(`${code} is no refusal: the brokers may come back`, () => {
    const error = wrapped(Object.assign(new Error('network'), { code }));
    assert.equal(credentialRefusal(error), undefined);
    assert.equal(rightsRefusal(error), undefined);
  });
}

test('a missing ACL is a refusal of rights, not of credentials', () => {
  const error = wrapped(new ProtocolError('GROUP_AUTHORIZATION_FAILED'));
  assert.equal(credentialRefusal(error), undefined);
  assert.match(rightsRefusal(error)?.message ?? '', /GROUP_AUTHORIZATION_FAILED/);
});

const deliveries = {
  too_large: new ProtocolError('MESSAGE_TOO_LARGE'),
  unauthorised: new ProtocolError('TOPIC_AUTHORIZATION_FAILED'),
  unknown_topic: new UserError('Unknown topic events.'),
  timeout: new ProtocolError('NOT_ENOUGH_REPLICAS'),
};
for (const [kind, error] of Object.entries(deliveries)) {
  test(`${error.message} is told to the caller as ${kind}`, () => {
    assert.equal(deliveryFailure(wrapped(error)).kind, kind);
  });
}

test('a delivery failure stays what it is', () => {
  const failure = deliveryFailure(new ProtocolError('MESSAGE_TOO_LARGE'));
  assert.equal(deliveryFailure(failure), failure);
});

test('an unknown topic is recognised with and without a protocol code', () => {
  assert.ok(isUnknownTopic(new ProtocolError('UNKNOWN_TOPIC_OR_PARTITION')));
  assert.ok(isUnknownTopic(new UserError('Unknown topic events.')));
  assert.ok(!isUnknownTopic('Unknown topic events.'));
});

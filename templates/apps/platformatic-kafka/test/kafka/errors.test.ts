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
  fencing,
  isUnknownTopic,
  rightsRefusal,
} from '../../src/kafka/errors.ts';
import { KafkaRefused } from '../../src/kafka/failures.ts';
import { TokenRefused } from '../../src/kafka/oauth-tokens.ts';

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
    assert.match(credentialRefusal(wrapped(cause))?.message ?? '', new RegExp(code));
  });
}

for (const code of ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']) {
  test(`${code} is no refusal: the brokers may come back`, () => {
    const error = wrapped(Object.assign(new Error('network'), { code }));
    assert.equal(credentialRefusal(error), undefined);
    assert.equal(rightsRefusal(error, {}), undefined);
  });
}

test('a missing ACL is a refusal of rights, not of credentials', () => {
  const error = wrapped(new ProtocolError('GROUP_AUTHORIZATION_FAILED'));
  assert.equal(credentialRefusal(error), undefined);
  assert.equal(
    rightsRefusal(error, { groupId: 'readers', topic: 'events' })?.message,
    'The user has no rights on the group readers (GROUP_AUTHORIZATION_FAILED)',
  );
});

test('a broker that wants another client certificate is a refusal', () => {
  const code = 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED';
  const cause = Object.assign(new Error('alert certificate required'), { code });
  assert.match(credentialRefusal(wrapped(cause))?.message ?? '', /client's certificate/);
});

test('a token endpoint that says no is a refusal, one that is away is none', () => {
  const failedLogin = (cause: Error) =>
    wrapped(new AuthenticationError('The token provider threw an error.', { cause }));
  assert.ok(credentialRefusal(failedLogin(new TokenRefused('invalid_client'))));
  assert.equal(credentialRefusal(failedLogin(new TypeError('fetch failed'))), undefined);
});

for (const code of ['PRODUCER_FENCED', 'INVALID_PRODUCER_EPOCH'] as const) {
  test(`${code} means that another instance took over`, () => {
    assert.match(fencing(wrapped(new ProtocolError(code)), 'tx-1')?.message ?? '', /tx-1/);
  });
}

test('other protocol errors are no fencing', () => {
  assert.equal(fencing(wrapped(new ProtocolError('NOT_COORDINATOR')), 'tx-1'), undefined);
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

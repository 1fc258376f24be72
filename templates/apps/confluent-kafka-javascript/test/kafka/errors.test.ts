import rdkafka from '@confluentinc/kafka-javascript';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  credentialRefusal,
  deliveryFailure,
  fencing,
  isUnknownTopic,
  rightsRefusal,
} from '../../src/kafka/errors.ts';
import { TokenRefused } from '../../src/kafka/oauth-tokens.ts';

const { ERRORS } = rdkafka.CODES;

function failure(code: number, message = 'Broker: something'): Error {
  return Object.assign(new Error(message), { code });
}

test('credentials that are not accepted are a refusal', () => {
  assert.ok(credentialRefusal(failure(ERRORS.ERR__AUTHENTICATION)));
  assert.ok(credentialRefusal(new Error('login failed', { cause: new TokenRefused('no client') })));
});

test('a certificate that is not accepted is a refusal, told in one sentence', () => {
  const told =
    'ssl://kafka:9093: Broker certificate could not be verified (after 5ms, 3 identical)';
  assert.equal(
    credentialRefusal(failure(ERRORS.ERR__SSL, told))?.message,
    'A certificate is not accepted: ssl://kafka:9093: Broker certificate could not be verified',
  );
});

for (const code of [ERRORS.ERR__TRANSPORT, ERRORS.ERR__ALL_BROKERS_DOWN, ERRORS.ERR__RESOLVE]) {
  test(`${code} is no refusal: the brokers may come back`, () => {
    assert.equal(credentialRefusal(failure(code)), undefined);
    assert.equal(rightsRefusal(failure(code), {}), undefined);
  });
}

test('a handshake that a proxy broke off is no refusal', () => {
  const error = failure(ERRORS.ERR__SSL, 'SSL handshake failed: Disconnected');
  assert.equal(credentialRefusal(error), undefined);
});

test('a missing ACL is told with the name of what it is about', () => {
  const names = { topic: 'events', groupId: 'readers', transactionalId: 'tx-1' };
  const told = [
    ERRORS.ERR_TOPIC_AUTHORIZATION_FAILED,
    ERRORS.ERR_GROUP_AUTHORIZATION_FAILED,
    ERRORS.ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
    ERRORS.ERR_CLUSTER_AUTHORIZATION_FAILED,
  ].map((code) => rightsRefusal(failure(code), names)?.message);
  assert.deepEqual(told, [
    'The user has no rights on the topic events',
    'The user has no rights on the group readers',
    'The user has no rights on the transactional id tx-1',
    'The user has no rights on the cluster',
  ]);
});

for (const error of [
  failure(ERRORS.ERR__FENCED),
  failure(ERRORS.ERR_INVALID_PRODUCER_EPOCH),
  failure(ERRORS.ERR__FATAL, 'Failed to end transaction: Local: This instance has been fenced'),
]) {
  test(`${error.message} is told as another instance that took over`, () => {
    assert.match(fencing(error, 'tx-1')?.message ?? '', /tx-1/);
  });
}

test('other failures are no fencing', () => {
  assert.equal(fencing(failure(ERRORS.ERR_NOT_COORDINATOR), 'tx-1'), undefined);
});

const deliveries = {
  too_large: ERRORS.ERR_MSG_SIZE_TOO_LARGE,
  unauthorised: ERRORS.ERR_TOPIC_AUTHORIZATION_FAILED,
  unknown_topic: ERRORS.ERR__UNKNOWN_TOPIC,
  timeout: ERRORS.ERR__MSG_TIMED_OUT,
};
for (const [kind, code] of Object.entries(deliveries)) {
  test(`${code} is told to the caller as ${kind}`, () => {
    assert.equal(deliveryFailure(failure(code)).kind, kind);
  });
}

test('a delivery failure stays what it is', () => {
  const once = deliveryFailure(failure(ERRORS.ERR_MSG_SIZE_TOO_LARGE));
  assert.equal(deliveryFailure(once), once);
});

test('an unknown topic is recognised', () => {
  assert.ok(isUnknownTopic(failure(ERRORS.ERR_UNKNOWN_TOPIC_OR_PART)));
  assert.ok(!isUnknownTopic('unknown'));
});

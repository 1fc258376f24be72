import assert from 'node:assert/strict';
import { test } from 'node:test';
import kafkajs from 'kafkajs';
import { HiddenErrors } from '../../src/kafka/hidden-errors.ts';

const { logLevel } = kafkajs;
const line = (extra: object) => ({
  level: logLevel.DEBUG,
  namespace: 'Cluster',
  label: 'DEBUG',
  log: { timestamp: 'then', message: 'Tried to find group coordinator', ...extra },
});

test('what the client only logged is the reason why it found no coordinator', () => {
  const hidden = new HiddenErrors();
  const reason = new Error('Not authorized to access group');
  hidden.notice(line({ error: reason }));
  hidden.notice(line({ error: 'text' }));
  const notFound = new Error('Failed to find group coordinator');
  assert.equal(hidden.behind(notFound), notFound);
  notFound.name = 'KafkaJSGroupCoordinatorNotFound';
  assert.equal(hidden.behind(notFound), reason);
});

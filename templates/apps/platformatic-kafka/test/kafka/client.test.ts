import { Connection } from '@platformatic/kafka';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import '../../src/kafka/client.ts';

test('a connection that fails once more, when nobody listens, does not end the process', async () => {
  const connection = new Connection('test');
  await assert.rejects(async () => connection.connect('127.0.0.1', 1));
  assert.doesNotThrow(() => connection.emit('error', new Error('Connection closed')));
});

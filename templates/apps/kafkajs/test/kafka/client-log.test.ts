import assert from 'node:assert/strict';
import kafkajs from 'kafkajs';
import { test } from 'node:test';
import { clientLog } from '../../src/kafka/client-log.ts';
import { keptLog } from '../support/kept-log.ts';

const { logLevel } = kafkajs;

test("the client's lines have the fields of the service's log, without stacks and buffers", () => {
  const { log, lines } = keptLog();
  const entry = { message: 'Connection error', broker: 'kafka:9092', stack: 'at', payload: 'x' };
  clientLog(log)({
    level: logLevel.ERROR,
    namespace: 'Connection',
    label: 'ERROR',
    log: { timestamp: 'then', ...entry },
  });
  const { timestamp, ...line } = lines[0] ?? {};
  assert.match(String(timestamp), /^\d{4}-/);
  assert.deepEqual(line, {
    level: 'info',
    service: 'test',
    logger: 'kafkajs.Connection',
    broker: 'kafka:9092',
    message: 'Connection error',
  });
});

test('what the client only mentions is for debugging', () => {
  const { log, lines } = keptLog();
  const entry = { timestamp: 'then', message: 'Connecting' };
  clientLog(log)({ level: logLevel.INFO, namespace: 'Connection', label: 'INFO', log: entry });
  assert.equal(lines[0]?.level, 'debug');
});

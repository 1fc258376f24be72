import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorFields } from '../../src/service/log.ts';
import { keptLog } from '../support/kept-log.ts';

test('a line has the fields of the contract and nothing else', () => {
  const { log, lines } = keptLog();
  log.warn({ topic: 'events', partition: 3 }, 'set aside');
  const [line] = lines;
  assert.match(String(line?.timestamp), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.deepEqual(
    { ...line, timestamp: '' },
    {
      timestamp: '',
      level: 'warning',
      service: 'test',
      topic: 'events',
      partition: 3,
      message: 'set aside',
    },
  );
});

test('an error is told by its class and message', () => {
  assert.deepEqual(errorFields(new RangeError('too far')), {
    errorClass: 'RangeError',
    error: 'too far',
  });
  assert.deepEqual(errorFields('text'), { errorClass: 'string', error: 'text' });
});

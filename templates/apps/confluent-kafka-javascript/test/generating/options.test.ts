import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generatorOptions } from '../../src/generating/options.ts';
import { SettingsError } from '../../src/service/variables.ts';

test('options are read from the command line', () => {
  const args = ['--count', '5', '--seed', '9', '--rate', '2.5', '--url', 'http://producer:8080'];
  assert.deepEqual(generatorOptions(args), {
    count: 5,
    seed: 9,
    rate: 2.5,
    url: 'http://producer:8080',
    duplicates: 0,
    print: false,
  });
});

for (const args of [
  ['--count', '-1'],
  ['--duplicates', '101'],
  ['--rate', 'fast'],
  ['--url', 'producer'],
  ['--colour'],
]) {
  test(`${args.join(' ')} is refused with the usage`, () => {
    assert.throws(
      () => generatorOptions(args),
      (error) => error instanceof SettingsError && error.message.includes('usage'),
    );
  });
}

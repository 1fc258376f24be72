import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headers, headerText } from '../../src/kafka/headers.ts';
import type { ConsumedRecord, OutgoingRecord } from '../../src/kafka/records.ts';
import { replayOptions } from '../../src/replaying/options.ts';
import { replay, withoutDiagnosis, type Replay } from '../../src/replaying/replay.ts';
import { SettingsError } from '../../src/service/variables.ts';
import { keptLog } from '../support/kept-log.ts';
import { record } from '../support/records.ts';

function deadLetter(offset: number, origin = 'events', partition = 0): ConsumedRecord {
  const added = headers({ 'dlq-original-topic': origin, 'dlq-attempts': '1' });
  const dead = record(offset, `value ${offset}`);
  return { ...dead, topic: 'events.dlq', partition, headers: [...dead.headers, ...added] };
}

test('a dead letter goes back as it was, and says where it waited', () => {
  const { key, value, headers: list } = withoutDiagnosis(deadLetter(4));
  assert.equal(String(key), 'ada');
  assert.equal(String(value), 'value 4');
  assert.deepEqual(Object.fromEntries(list.map(([name, text]) => [String(name), String(text)])), {
    'correlation-id': 'correlation-4',
    'replayed-from': 'events.dlq/0/4',
  });
});

test('everything up to the end at the start is replayed, and nothing after it', async () => {
  const { outcome, published, done } = await replayed({
    letters: [deadLetter(0), deadLetter(1), deadLetter(2)],
    end: 2n,
  });
  assert.deepEqual(outcome, { replayed: 2, skipped: 0, failed: 0 });
  assert.deepEqual(published, ['value 0', 'value 1']);
  assert.deepEqual(done, [0n, 1n]);
});

test('what came from another topic is skipped, and not met again', async () => {
  const { outcome, published, done } = await replayed({
    letters: [deadLetter(0, 'payments'), deadLetter(1)],
  });
  assert.deepEqual(outcome, { replayed: 1, skipped: 1, failed: 0 });
  assert.deepEqual(published, ['value 1']);
  assert.deepEqual(done, [0n, 1n]);
});

test('a limit leaves the rest for the next time', async () => {
  const letters = [deadLetter(0), deadLetter(1, 'payments'), deadLetter(2), deadLetter(3)];
  const { outcome, done } = await replayed({ letters, limit: 2 });
  assert.deepEqual(outcome, { replayed: 2, skipped: 1, failed: 0 });
  assert.deepEqual(done, [0n, 1n, 2n]);
});

test('what is skipped costs nothing of the limit, also right behind the last one', async () => {
  const letters = [deadLetter(0), deadLetter(1, 'payments'), deadLetter(2)];
  const { outcome, done } = await replayed({ letters, limit: 1 });
  assert.deepEqual(outcome, { replayed: 1, skipped: 1, failed: 0 });
  assert.deepEqual(done, [0n, 1n]);
});

test('a dry run counts, but writes and commits nothing', async () => {
  const { outcome, published, done } = await replayed({
    letters: [deadLetter(0), deadLetter(1, 'payments')],
    dryRun: true,
  });
  assert.deepEqual(outcome, { replayed: 1, skipped: 1, failed: 0 });
  assert.deepEqual([published, done], [[], []]);
});

test('after one that could not be written, its partition goes again from there', async () => {
  const letters = [deadLetter(0), deadLetter(1), deadLetter(2), deadLetter(0, 'events', 1)];
  const { outcome, done, lines } = await replayed({ letters, refused: 'value 1' });
  assert.deepEqual(outcome, { replayed: 3, skipped: 0, failed: 1 });
  assert.deepEqual(done, [0n, 0n]);
  assert.equal(lines[0]?.message, 'dead letter not replayed');
  assert.equal(lines[0].offset, 1);
});

test('the offset moves after the acknowledgement', async () => {
  const { steps } = await replayed({ letters: [deadLetter(0)] });
  assert.deepEqual(steps, ['published', 'done', 'committed']);
});

test('options are read from the command line', () => {
  assert.deepEqual(replayOptions(['--limit', '5', '--dry-run']), { limit: 5, dryRun: true });
  assert.equal(replayOptions([]).dryRun, false);
});

for (const args of [
  ...['0', '-1', 'ten', '', '1.5', '1e3', '0x10', '9'.repeat(20)].map((limit) => [
    `--limit=${limit}`,
  ]),
  ['--limit'],
  ['--dry'],
]) {
  test(`${args.join(' ')} is refused with the usage`, () => {
    assert.throws(
      () => replayOptions(args),
      (error) => error instanceof SettingsError && error.message.includes('usage'),
    );
  });
}

interface Given {
  letters: ConsumedRecord[];
  end?: bigint;
  limit?: number;
  dryRun?: boolean;
  refused?: string;
}

/** Replays letters that come in one batch. */
async function replayed({ letters, end = 100n, limit = 1000, dryRun = false, refused }: Given) {
  const published: string[] = [];
  const done: bigint[] = [];
  const steps: string[] = [];
  const batches = [letters];
  const { log, lines } = keptLog();
  const options: Replay = {
    deadLetters: {
      ends: () => Promise.resolve(new Map([0, 1].map((partition) => [partition, end]))),
      hasReached: () => batches.length === 0,
      poll: () => Promise.resolve(batches.shift() ?? []),
      done: (records) => {
        steps.push('done');
        done.push(...records.map(({ offset }) => offset));
      },
      commit: () => {
        steps.push('committed');
        return Promise.resolve();
      },
    },
    publisher: {
      publish: ({ value, headers: list }: OutgoingRecord) => {
        if (String(value) === refused) {
          return Promise.reject(new Error('too large'));
        }
        assert.equal(headerText(list, 'dlq-original-topic'), undefined);
        steps.push('published');
        published.push(String(value));
        return Promise.resolve({ partition: 0, offset: 0n });
      },
    },
    topic: 'events',
    limit,
    dryRun,
    signal: new AbortController().signal,
    log,
  };
  const outcome = await replay(options);
  return { outcome, published, done, steps, lines };
}

import rdkafka from '@confluentinc/kafka-javascript';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cluster } from '../../src/kafka/cluster.ts';
import type { TopicMetadata } from '../../src/kafka/topic-metadata.ts';
import { TopicWatch } from '../../src/kafka/topic-watch.ts';
import { keptLog } from '../support/kept-log.ts';

test('it is not ready before a broker has answered', () => {
  const { watch } = watching(() => Promise.resolve(6));
  assert.equal(watch.problem(), 'not connected to Kafka yet');
});

test('what was asked before the answer gets it', async (context) => {
  const { watch, run } = watching(() => Promise.resolve(6));
  const waiting = watch.partitionCount();
  run(context);
  assert.equal(await waiting, 6);
  assert.equal(watch.problem(), undefined);
});

test('a broker that does not answer is named as the problem, once in the log', async (context) => {
  const { watch, run, lines } = watching(() => Promise.reject(new Error('no answer')));
  run(context);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(watch.problem(), 'no broker can be reached');
  assert.deepEqual(
    lines.map(({ message, level }) => [message, level]),
    [['no broker can be reached', 'warning']],
  );
});

test('who says that there is no such topic was reached', async (context) => {
  const unknown = Object.assign(new Error('no such topic'), {
    code: rdkafka.CODES.ERRORS.ERR_UNKNOWN_TOPIC_OR_PART,
  });
  const { cluster, run } = watching(() => Promise.reject(unknown));
  run(context);
  const reached = cluster.contact.then(() => true);
  assert.ok(await Promise.race([reached, sleep(1000, false)]));
});

function watching(partitionsOf: TopicMetadata['partitionsOf']) {
  const { log, lines } = keptLog();
  const connection = { clientId: 'test', bootstrapServers: ['kafka:9092'] };
  const fail = (error: unknown) => {
    throw error;
  };
  const cluster = new Cluster({ ...connection, security: { kind: 'plaintext' } }, log, fail);
  const watch = new TopicWatch(cluster, 'events', {
    partitionsOf,
    close: () => Promise.resolve(),
  });
  const run = (context: TestContext): void => {
    void watch.run();
    context.after(() => watch.close());
  };
  return { cluster, watch, run, lines };
}

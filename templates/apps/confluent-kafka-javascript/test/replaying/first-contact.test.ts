import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cluster } from '../../src/kafka/cluster.ts';
import { firstContact } from '../../src/replaying/first-contact.ts';
import { keptLog } from '../support/kept-log.ts';

const HOUR_MS = 3_600_000;

test('without any broker it gives up, and says where it looked', async () => {
  const { cluster, lines } = clusterOfNobody();
  assert.equal(await firstContact(cluster, new AbortController().signal, 10), false);
  assert.equal(lines.length, 1);
  assert.equal(lines[0]?.level, 'error');
  assert.match(String(lines[0].message), /one:9092,two:9092.*KAFKA_BOOTSTRAP_SERVERS/);
});

test('a broker that answers is all it waits for', async () => {
  const { cluster, lines } = clusterOfNobody();
  const stop = new AbortController();
  const reached = firstContact(cluster, stop.signal, HOUR_MS);
  cluster.reached();
  assert.equal(await reached, true);
  assert.deepEqual(lines, []);
  stop.abort();
});

test('a stop ends the wait', async () => {
  const stop = new AbortController();
  const reached = firstContact(clusterOfNobody().cluster, stop.signal, HOUR_MS);
  stop.abort();
  await assert.rejects(reached, { name: 'AbortError' });
});

function clusterOfNobody() {
  const { log, lines } = keptLog();
  const bootstrapServers = ['one:9092', 'two:9092'];
  const settings = { clientId: 'test', bootstrapServers, security: { kind: 'plaintext' } } as const;
  return { cluster: new Cluster(settings, log, () => undefined), lines };
}

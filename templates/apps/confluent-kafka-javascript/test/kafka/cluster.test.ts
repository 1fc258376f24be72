import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cluster } from '../../src/kafka/cluster.ts';
import { KafkaRefused } from '../../src/kafka/failures.ts';
import { keptLog } from '../support/kept-log.ts';

const connection = {
  clientId: 'test',
  bootstrapServers: ['kafka:9092'],
  security: { kind: 'plaintext' },
} as const;

function cluster() {
  const failures: unknown[] = [];
  const { log, lines } = keptLog();
  const made = new Cluster({ ...connection, bootstrapServers: [] }, log, (error) => {
    failures.push(error);
  });
  return { cluster: made, failures, lines };
}

test('credentials that never worked end the process', () => {
  const { cluster: fresh, failures } = cluster();
  const refusal = new KafkaRefused('wrong password');
  fresh.refused(refusal);
  assert.deepEqual(failures, [refusal]);
});

test('credentials that worked before are tried again, and it is told', () => {
  const { cluster: known, failures, lines } = cluster();
  known.reached();
  known.refused(new KafkaRefused('wrong password'));
  assert.deepEqual(failures, []);
  assert.equal(lines[0]?.level, 'warning');
});

test('without OAUTHBEARER there are no tokens', async () => {
  await assert.rejects(cluster().cluster.token());
});

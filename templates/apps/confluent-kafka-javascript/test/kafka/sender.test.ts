import type { Producer } from '@confluentinc/kafka-javascript';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cluster } from '../../src/kafka/cluster.ts';
import { kafkaSender } from '../../src/kafka/sender.ts';
import type { ConnectionSettings } from '../../src/service/connection-settings.ts';
import { keptLog } from '../support/kept-log.ts';
import { outgoing } from '../support/records.ts';

interface Reported {
  resolve: (offset: number) => void;
  reject: (error: Error) => void;
}

const settings: ConnectionSettings = {
  clientId: 'app',
  bootstrapServers: ['a:1'],
  security: { kind: 'plaintext' },
};
const cluster = new Cluster(settings, keptLog().log, () => undefined);

function senderWith(report: (reported: Reported, number: number) => void) {
  let connections = 0;
  let produced = 0;
  const producer = {
    produce(...[, , , , , reported]: unknown[]) {
      report(reported as Reported, produced++);
    },
    disconnect(_timeout: number, done: (error: null) => void) {
      done(null);
    },
  };
  const connect = () => {
    connections += 1;
    return Promise.resolve(producer as unknown as Producer);
  };
  return { sender: kafkaSender(cluster, 'events', 1000, connect), connections: () => connections };
}

test('each record has its own offset, also with those of others in between', async () => {
  const { sender } = senderWith(({ resolve }, number) => {
    resolve([7, 8, 12][number] ?? 0);
  });
  const offsets = await sender.send(0, ['a', 'b', 'c'].map(outgoing));
  assert.deepEqual(offsets, [7n, 8n, 12n]);
});

test('after a failure, which may be fatal to it, another producer takes over', async () => {
  const { sender, connections } = senderWith(({ resolve, reject }, number) => {
    if (number === 0) {
      reject(new Error('fatal'));
    } else {
      resolve(3);
    }
  });
  await assert.rejects(sender.send(0, [outgoing('a')]), /fatal/);
  await sender.close();
  assert.deepEqual(await sender.send(0, [outgoing('b')]), [3n]);
  assert.equal(connections(), 2);
});

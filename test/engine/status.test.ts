import assert from 'node:assert/strict';
import { it } from 'node:test';
import { statusText } from '../../src/engine/status.ts';

it("Kafka's own topics are told apart from those of the platform", () => {
  const text = statusText({
    name: 'shop',
    project: '/shop',
    engine: 'native',
    running: [
      {
        name: 'broker-1',
        kind: 'node',
        state: 'running',
        endpoint: 'localhost:19092',
        memoryBytes: 1,
        log: '',
      },
    ],
    cluster: {
      brokers: [1],
      quorum: { leader: 1, epoch: 1, voters: [1] },
      topics: 4,
      partitions: 102,
      internal: { topics: 2, partitions: 100 },
      underReplicated: [],
      offline: [],
    },
    lag: [],
  });
  assert.match(text, /^topics {4}2, with 2 partitions; Kafka's own: 2, with 100$/m);
});

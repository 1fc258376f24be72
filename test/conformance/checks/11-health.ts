import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { eventually } from '../eventually.ts';

export const health: Check = {
  number: 11,
  title: 'alive and ready mean what the contract says, from start to end',
  async run({ cluster, producer, consumer, together }) {
    // Nobody listens at port 1: as good as brokers that are not there.
    const lonely = [
      await producer({ KAFKA_BOOTSTRAP_SERVERS: 'localhost:1' }),
      await consumer({ KAFKA_BOOTSTRAP_SERVERS: 'localhost:1' }),
    ];
    for (const service of lonely) {
      await service.answers();
      const { status, body } = await service.health();
      assert.equal(status, 503, body);
      const answer = JSON.parse(body) as { status: string; reasons: string[] };
      assert.equal(answer.status, 'not ready');
      assert.ok(answer.reasons.length > 0);
      assert.equal(await service.end('SIGTERM'), 0, 'it stops although it never began');
    }
    const services = [await producer(), await consumer()];
    const start = Date.now();
    await Promise.all(services.map((service) => service.ready()));
    const readyMs = Date.now() - start;
    for (const service of services)
      assert.deepEqual(JSON.parse((await service.health()).body), { status: 'ready' });

    await together(() => cluster.kill(...cluster.brokers));
    for (const service of services) {
      await eventually('it is not ready without brokers', 60_000, async () => {
        return (await service.health()).status === 503;
      });
      const live = await fetch(`${service.url}/health/live`);
      assert.equal(live.status, 200, 'and alive all the same');
    }
    await together(() => cluster.start(...cluster.brokers));
    await cluster.allInSync();
    for (const service of services) await service.ready(120_000);
    for (const service of services) assert.equal(await service.end('SIGTERM'), 0);
    return { readyMs, notReadyWithoutBrokers: true, readyAgain: true };
  },
};

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runningProject, verify } from '../../support/krafter.ts';

/** All five use cases and every language, each on brokers booted from its generated files. */
const platforms = [
  [1, 'streaming', 'platformatic-kafka'],
  [1, 'microservices', 'confluent-kafka'],
  [1, 'cdc', 'aiokafka'],
  [1, 'logs', 'franz-go'],
  [1, 'agents', 'spring-kafka'],
] as const;

/** The same with others beside each other, for which there is time in `npm run test:full`. */
const more = [
  [1, 'agents', 'confluent-kafka-go'],
  [2, 'microservices', 'spring-kafka'],
  [1, 'logs', 'kafka-clients'],
  [2, 'microservices', 'platformatic-kafka'],
  [1, 'agents', 'platformatic-kafka'],
  [1, 'cdc', 'confluent-kafka'],
  [2, 'streaming', 'franz-go'],
  [2, 'logs', 'aiokafka'],
] as const;

const wanted = ['boot', 'round-trip', 'poison', 'redelivery'];

for (const [tier, useCase, client] of [...platforms, ...(process.env.KRAFTER_FULL ? more : [])]) {
  test(`tier ${tier}, ${useCase} on ${client}: boots, carries events, survives poison and kills`, async () => {
    const answers = ['--tier', String(tier), '--use-case', useCase, '--client', client];
    const project = await runningProject([...answers, '--monitoring', 'none']);
    try {
      const { code, drills } = await verify(project.folder, wanted);
      assert.deepEqual(
        drills.map(({ id, status, reason }) => [id, status, reason]),
        wanted.map((id) => [id, 'passed', undefined]),
      );
      assert.equal(code, 0);
    } finally {
      await project.end();
    }
  });
}

import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { schemaOf } from '../event-schema.ts';
import { eventually } from '../eventually.ts';
import { post, recordsOf } from '../records.ts';

export const formats: Check = {
  number: 16,
  title: 'records are what the JSON Schema says; old and new versions read each other',
  async run({ app, cluster, topic, deadLetters, producer, consumer }) {
    const sender = await producer();
    const receiver = await consumer();
    await Promise.all([sender.ready(), receiver.ready()]);
    const own = await app.events(50, 16);
    // A producer of the next version: a field that this consumer has never heard of.
    const next = (await app.events(50, 17)).map((event) => ({
      ...event,
      experiment: { name: 'blue button', share: 0.5 },
    }));
    const answers = await post(sender, [...own, ...next], 'visitorId');
    assert.ok(answers.every(({ status }) => status === 202));
    await eventually('both versions are stored', 30_000, async () => {
      const { events } = await receiver.json<{ events: number }>('/stats');
      return events === own.length + next.length;
    });
    const validate = schemaOf('page-views');
    const records = await recordsOf(cluster, topic);
    for (const { value } of records) {
      const event: unknown = JSON.parse(String(value));
      assert.ok(validate(event), validate.errors?.[0]?.message);
    }
    const kept = records.filter(({ value }) => String(value).includes('blue button'));
    assert.equal(kept.length, next.length, 'what is not known is passed on');
    assert.equal((await recordsOf(cluster, deadLetters)).length, 0);
    assert.equal(await receiver.end('SIGTERM'), 0);
    await sender.end('SIGTERM');
    return { validated: records.length, ofTheNextVersion: next.length };
  },
};

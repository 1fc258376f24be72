import assert from 'node:assert/strict';
import type { Check } from '../check.ts';
import { counted, murmur2Partition, post, recordsOf } from '../records.ts';

export const delivery: Check = {
  number: 1,
  title: 'what HTTP accepted is in the topic, once, in the order of its key',
  async run({ app, cluster, full, topic, producer }) {
    const count = full ? 50_000 : 2000;
    const events = await app.events(count, 1);
    const service = await producer();
    await service.ready();
    const answers = await post(service, events, 'visitorId', { lanes: 64 });
    assert.deepEqual(
      [...counted(answers.map(({ status }) => status))],
      [[202, count]],
      'every event is accepted',
    );
    const records = await recordsOf(cluster, topic);
    const times = counted(records.map(({ headers }) => headers.get('event-id')));
    assert.equal(times.size, count, 'every event is there');
    assert.equal(records.length, count, 'and none of them twice');

    const misplaced = records.filter(
      ({ key, partition }) => partition !== murmur2Partition(key, 6),
    );
    assert.equal(misplaced.length, 0, 'keys lie where the Java client puts them');
    const told = new Map(answers.map(({ event, body }) => [event.eventId, body]));
    const elsewhere = records.filter(({ headers, partition, offset }) => {
      const answer = told.get(headers.get('event-id') ?? '');
      return answer?.partition !== partition || Number(answer?.offset) !== offset;
    });
    assert.equal(elsewhere.length, 0, 'each lies where the answer said');
    assert.deepEqual(sequences(records), wanted(events), 'the order of each key is kept');
    assert.equal(await service.end('SIGTERM'), 0);
    return { accepted: count, inTheTopic: records.length, outOfOrder: 0 };
  },
};

const sequences = (records: Awaited<ReturnType<typeof recordsOf>>) =>
  byKey(records.map(({ key, headers }) => [key, headers.get('event-id') ?? '']));

const wanted = (events: readonly { eventId: string; [field: string]: unknown }[]) =>
  byKey(events.map((event) => [String(event.visitorId), event.eventId]));

function byKey(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  const lists: Record<string, string> = {};
  for (const [key, id] of [...pairs].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
    lists[key] = `${lists[key] ?? ''} ${id}`;
  return lists;
}

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Check } from '../check.ts';
import { eventually } from '../eventually.ts';
import { recordsOf } from '../records.ts';

const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

export const logs: Check = {
  number: 12,
  title: 'logs are JSON lines; one correlation id from the request to the dead letter; no secret',
  async run({ app, cluster, topic, deadLetters, producer, consumer }) {
    const sender = await producer({ LOG_LEVEL: 'debug', SERVICE_NAME: 'intake' });
    const receiver = await consumer({ LOG_LEVEL: 'debug', SERVICE_NAME: 'analytics' });
    await Promise.all([sender.ready(), receiver.ready()]);
    const [event] = await app.events(1, 12);
    const headers = { 'x-correlation-id': 'trace-me', traceparent };
    const response = await sender.post(event, headers);
    assert.deepEqual(
      [response.status, response.headers.get('x-correlation-id')],
      [202, 'trace-me'],
    );
    const made = await sender.post(event);
    assert.match(made.headers.get('x-correlation-id') ?? '', /^[0-9a-f-]{36}$/);
    const [record] = (await recordsOf(cluster, topic)).filter(
      (candidate) => candidate.headers.get('correlation-id') === 'trace-me',
    );
    assert.equal(record?.headers.get('traceparent'), traceparent);
    assert.equal(record?.headers.get('content-type'), 'application/json');
    assert.equal(record?.headers.get('event-type'), 'PageViewed');
    assert.equal(record?.headers.get('event-id'), event?.eventId);

    // Well-formed for the producer of another version, poison for this consumer: its id goes on.
    const { Producer, stringSerializers } = await import('@platformatic/kafka');
    const { clientOptions } = await import('../../../src/cluster/connect.ts');
    const stranger = new Producer({
      ...clientOptions(cluster.admin, 'conformance'),
      serializers: stringSerializers,
    });
    const poison = {
      topic,
      key: 'x',
      value: '{}',
      headers: new Map([['correlation-id', 'trace-poison']]),
    };
    await stranger.send({ messages: [poison] });
    await stranger.close();
    await eventually('the dead letter has it', 30_000, async () => {
      return (await recordsOf(cluster, deadLetters)).some(
        (letter) => letter.headers.get('correlation-id') === 'trace-poison',
      );
    });
    await eventually('the consumer logs it', 10_000, () =>
      receiver.lines().some(({ correlationId }) => correlationId === 'trace-poison'),
    );
    assert.equal(await receiver.end('SIGTERM'), 0);
    assert.equal(await sender.end('SIGTERM'), 0);

    for (const [service, name] of [
      [sender, 'intake'],
      [receiver, 'analytics'],
    ] as const) {
      const lines = service.lines();
      assert.ok(lines.length > 0);
      assert.deepEqual(
        lines.filter(
          ({ timestamp, level, service: own, message }) =>
            !/^20\d\d-\d\d-\d\dT[\d:.]+(Z|\+00:00)$/.test(String(timestamp)) ||
            !/^(debug|info|warning|error|critical)$/.test(String(level)) ||
            own !== name ||
            typeof message !== 'string',
        ),
        [],
        'every line has the fields of the contract',
      );
      for (const secret of [cluster.producer.password, cluster.consumer.password])
        assert.ok(!service.output().includes(secret), 'no password in a log');
      assert.ok(!readArguments(service.pid).includes(cluster.consumer.password));
    }
    return { correlationIdKept: true, traceparentKept: true, secretsSeen: 0 };
  },
};

const readArguments = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
};

import assert from 'node:assert/strict';
import type { Check, Context } from '../check.ts';
import { eventually } from '../eventually.ts';

export const fatalErrors: Check = {
  number: 3,
  title: 'what can not be sent reaches the caller as the right status, at once, with a log line',
  async run(context) {
    const { app, topic } = context;
    const [event] = await app.events(1, 3);
    assert.ok(event);
    const cases = [
      ['too large', { ...event, page: `/${'x'.repeat(1_200_000)}` }, topic, 413],
      ['not authorised', event, context.cluster.foreignTopic, 403],
      ['unknown topic', event, `${topic}.missing`, 404],
      ['no JSON', '{"eventId": ', topic, 400],
      ['no event', { eventId: 'x' }, topic, 422],
    ] as const;
    for (const [what, body, to, status] of cases) {
      await refused(context, what, body, to, status);
    }
    return { refused: cases.length };
  },
};

async function refused(
  { producer }: Context,
  what: string,
  body: unknown,
  topic: string,
  status: number,
): Promise<void> {
  const service = await producer({ KAFKA_TOPIC: topic, KAFKA_DELIVERY_TIMEOUT_MS: '30000' });
  await service.answers();
  const correlationId = `conformance-${what.replaceAll(' ', '-')}`;
  const start = Date.now();
  const ask = () => service.post(body, { 'x-correlation-id': correlationId });
  let response = await ask();
  // Who has just started may say 503 until the first broker has answered.
  while (response.status === 503 && Date.now() - start < 15_000) response = await ask();
  const text = await response.text();
  assert.equal(response.status, status, `${what}: ${text}`);
  assert.ok(Date.now() - start < 20_000, `${what}: not retried until the delivery timeout`);
  assert.equal(response.headers.get('x-correlation-id'), correlationId);
  const answer = JSON.parse(text) as Record<string, unknown>;
  assert.equal(answer.correlationId, correlationId);
  assert.match(String(answer.error), /^[a-z_]+$/);
  if (status !== 400 && status !== 422) {
    await eventually(`${what}: a log line with the correlation id`, 5000, () =>
      service.lines().some((line) => line.correlationId === correlationId),
    );
  }
  await service.end('SIGTERM');
}

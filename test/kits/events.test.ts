/**
 * The published JSON Schemas say what an event is, and every language must think the same. Each
 * kit's producer, without a broker, is posted mutations of its generator's own events: what the
 * schema refuses is 422, what it allows gets as far as Kafka (503). Everywhere the same, or the
 * services of one language could not take the place of another's.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { ValidateFunction } from 'ajv';
import { clients, isAvailable } from '../../src/catalog/choices.ts';
import { useCases } from '../../src/catalog/use-cases/index.ts';
import { type Application, buildApplication } from '../conformance/application.ts';
import { schemaOf } from '../conformance/event-schema.ts';
import '../support/low-priority.ts';

const full = process.env.KRAFTER_FULL === '1';
const { CONFORMANCE_CLIENT: only } = process.env;
const asked = clients.filter(({ id, preferred }) =>
  only ? id === only : isAvailable(id) && (full || preferred),
);
const folder = mkdtempSync(join(tmpdir(), 'krafter-events-'));
after(() => rmSync(folder, { recursive: true, force: true }));

for (const { id: client, language } of asked) {
  describe(`events of ${client}`, () => {
    for (const { id: useCase, domain } of Object.values(useCases)) {
      // Maven takes half a minute for each; nested and flat events are the two shapes there are.
      if (language === 'java' && !full && !['streaming', 'microservices'].includes(useCase))
        continue;
      test(`${domain}: what the schema says is what the producer does`, async () => {
        const app = await buildApplication(client, useCase, folder);
        try {
          await agree(app, schemaOf(domain));
        } finally {
          await app.endAll();
        }
      });
    }
  });
}

test("the schema of page views allows a generated event, and refuses a country's name", async () => {
  const app = await buildApplication('confluent-kafka', 'streaming', folder);
  const [event] = await app.events(1, 1);
  const validate = schemaOf('page-views');
  assert.ok(validate(event), validate.errors?.[0]?.message);
  assert.ok(!validate({ ...event, country: 'Germany' }));
});

async function agree(app: Application, validate: ValidateFunction): Promise<void> {
  const service = await app.start('producer', {
    // Nothing listens on the discard port: what is valid comes back after the delivery timeout.
    KAFKA_BOOTSTRAP_SERVERS: '127.0.0.1:9',
    KAFKA_TOPIC: 'events',
    KAFKA_DELIVERY_TIMEOUT_MS: '1500',
  });
  await service.answers();
  const oneOfEachType = new Map(
    (await app.events(400, 7)).map((event) => [String(event.eventType), event]),
  );
  const cases = [...oneOfEachType.values()].flatMap((event) => [
    { what: 'as generated', event },
    ...mutations(event),
  ]);
  const wrong: string[] = [];
  const counts = { 422: 0, 503: 0 };
  await Promise.all(
    cases.map(async ({ what, event }) => {
      const expected = validate(event) ? 503 : 422;
      const { status } = await service.post(event);
      counts[expected]++;
      if (status !== expected) wrong.push(`${event.eventType} ${what}: ${status}, not ${expected}`);
    }),
  );
  assert.deepEqual(wrong.slice(0, 20), []);
  assert.ok(counts[422] > 20 && counts[503] > 5, JSON.stringify(counts));
}

type Mutation = { readonly what: string; readonly event: Record<string, unknown> };

/** Each field gone, of every other type, and at the edges of what its own type can hold. */
function mutations(event: Record<string, unknown>): Mutation[] {
  const edges = [
    ...[null, true, '', ' ', 'x', '/', 'ab', 'abc', 'ÄÖ', 'a.b', 'a b.c', [], {}, [null]],
    ...[-1, 0, 1, 0.5, 2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1, 2 ** 53],
    ...['2026-01-01', '2026-02-30T00:00:00.000Z', '2026-01-01T00:00:00.000+02:00', '1767225600'],
    ...['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000Z', '2026-01-01T25:00:00.000Z'],
    ...['3F6A4C1D-84AB-4D8C-8D5B-1B7F3E0F9C22', '3f6a4c1d84ab4d8c8d5b1b7f3e0f9c22', 'audit.read'],
  ];
  const own = Object.entries(event).flatMap(([name, value]): Mutation[] => [
    { what: `without ${name}`, event: without(event, name) },
    ...edges.map((edge) => ({
      what: `${name} ${JSON.stringify(edge)}`,
      event: { ...event, [name]: edge },
    })),
    ...inside(value).map(({ what, event: changed }) => ({
      what: `${name}: ${what}`,
      event: { ...event, [name]: Array.isArray(value) ? [changed] : changed },
    })),
  ]);
  return [...own, { what: 'with another field', event: { ...event, another: { field: 1 } } }];
}

function inside(value: unknown): Mutation[] {
  const nested = Array.isArray(value) ? value[0] : value;
  return typeof nested === 'object' && nested !== null
    ? mutations(nested as Record<string, unknown>)
    : [];
}

function without(event: Record<string, unknown>, name: string): Record<string, unknown> {
  const { [name]: _, ...rest } = event;
  return rest;
}

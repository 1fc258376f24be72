import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditRecorded } from '../../src/audit/events.ts';
import { domain } from '../../src/audit/index.ts';
import { decodeEvent } from '../../src/events.ts';
import { ask, consume } from '../support/apply.ts';
import { eventId } from '../support/notes.ts';
import { sqliteStore } from '../support/stores.ts';

function recorded(number: number, change: Partial<AuditRecorded> = {}): AuditRecorded {
  return {
    eventId: eventId(number),
    eventType: 'AuditRecorded',
    occurredAt: `2026-01-05T08:0${number}:00.000Z`,
    actor: 'amelia@example.com',
    action: 'document.read',
    resource: 'document/doc-1',
    outcome: 'success',
    sourceIp: '10.0.0.1',
    service: 'documents',
    details: 'completed',
    ...change,
  };
}

const entries = [
  recorded(1),
  recorded(2, { actor: 'ben@example.com', outcome: 'denied', details: 'Unknown device' }),
  recorded(3, { action: 'secret.read', resource: 'secret/100%_safe' }),
];

const found: Record<string, [parameters: Record<string, string>, numbers: number[]]> = {
  'everything, newest first': [{}, [3, 2, 1]],
  'an actor': [{ actor: 'ben@example.com' }, [2]],
  'an outcome': [{ outcome: 'success' }, [3, 1]],
  'a word of the details, in any case': [{ q: 'unknown DEVICE' }, [2]],
  'a part of the action': [{ q: 'secret.' }, [3]],
  'a part of the resource': [{ q: 'doc-1' }, [2, 1]],
  'wildcards taken literally': [{ q: '0%_s' }, [3]],
  'no more than asked for': [{ limit: '1' }, [3]],
  'nothing that does not match all': [{ actor: 'ben@example.com', q: 'secret' }, []],
};
for (const [name, [parameters, numbers]] of Object.entries(found)) {
  test(`a search finds ${name}`, async (context) => {
    const store = await sqliteStore(context, domain);
    await consume(store, domain, entries);
    const answer = (await ask(store, domain, '/views/entries', parameters)) as {
      entries: { eventId: string }[];
    };
    assert.deepEqual(
      answer.entries.map((entry) => entry.eventId),
      numbers.map(eventId),
    );
  });
}

test('an entry is shown as it was recorded', async (context) => {
  const store = await sqliteStore(context, domain);
  await consume(store, domain, [recorded(1)]);
  const { eventType, ...entry } = recorded(1);
  assert.equal(eventType, 'AuditRecorded');
  const answer = (await ask(store, domain, '/views/entries')) as { entries: object[] };
  assert.deepEqual({ ...answer.entries[0] }, entry);
});

for (const change of [{ action: 'read' }, { outcome: 'maybe' }, { actor: '' }]) {
  test(`${JSON.stringify(change)} is not valid`, () => {
    const event = { ...recorded(1), ...change };
    assert.equal(decodeEvent(Buffer.from(JSON.stringify(event)), domain).kind, 'rejected');
  });
}

for (const [outcome, risk] of [
  ['success', 'low'],
  ['failed', 'medium'],
  ['denied', 'high'],
] as const) {
  test(`what ended as ${outcome} is of ${risk} risk`, () => {
    const { eventId: id, occurredAt, actor, action } = recorded(1);
    assert.deepEqual(domain.derive(recorded(1, { outcome })), {
      eventId: id,
      eventType: 'AuditAssessed',
      occurredAt,
      actor,
      action,
      outcome,
      risk,
    });
  });
}

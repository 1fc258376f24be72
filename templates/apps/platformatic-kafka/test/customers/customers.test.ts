import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Customer, CustomerChanged } from '../../src/customers/events.ts';
import { domain } from '../../src/customers/index.ts';
import { ask, consume, counts } from '../support/apply.ts';
import { eventId } from '../support/notes.ts';
import { sqliteStore } from '../support/stores.ts';

const ada: Customer = {
  customerId: 'cust-1',
  email: 'ada@example.com',
  name: 'Ada Costa',
  country: 'IT',
  plan: 'free',
};

function change(
  number: number,
  op: CustomerChanged['op'],
  after: Customer | null,
  lsn: number,
): CustomerChanged {
  return {
    eventId: eventId(number),
    eventType: 'CustomerChanged',
    occurredAt: '2026-01-05T08:00:00.000Z',
    customerId: ada.customerId,
    op,
    before: null,
    after,
    lsn,
  };
}

const path = '/views/customers/:customerId';
const one = { customerId: ada.customerId };

test('the newest change is what a customer looks like', async (context) => {
  const store = await sqliteStore(context, domain);
  await consume(store, domain, [
    change(1, 'c', ada, 10),
    change(2, 'u', { ...ada, plan: 'pro' }, 20),
  ]);
  const customer = await ask(store, domain, path, one);
  assert.deepEqual({ ...(customer as object) }, { ...ada, plan: 'pro', lsn: 20 });
});

test('an older change changes nothing, but is counted', async (context) => {
  const store = await sqliteStore(context, domain);
  await consume(store, domain, [
    change(1, 'u', { ...ada, plan: 'pro' }, 20),
    change(2, 'c', ada, 10),
  ]);
  const customer = await ask(store, domain, path, one);
  assert.deepEqual({ ...(customer as object) }, { ...ada, plan: 'pro', lsn: 20 });
  assert.deepEqual(await counts(store, domain), { events: 2, effects: 2 });
});

test('a deleted customer is gone, and an older change does not bring it back', async (context) => {
  const store = await sqliteStore(context, domain);
  await consume(store, domain, [
    change(1, 'c', ada, 10),
    change(2, 'd', null, 30),
    change(3, 'u', ada, 20),
  ]);
  assert.equal(await ask(store, domain, path, one), undefined);
  assert.deepEqual(await ask(store, domain, '/views/customers'), { customers: [] });
  assert.deepEqual(await counts(store, domain), { events: 3, effects: 3 });
});

test('customers are listed by country', async (context) => {
  const store = await sqliteStore(context, domain);
  await consume(store, domain, [change(1, 'c', ada, 10)]);
  assert.match(
    JSON.stringify(await ask(store, domain, '/views/customers', { country: 'IT' })),
    /Ada/,
  );
  assert.deepEqual(await ask(store, domain, '/views/customers', { country: 'SE' }), {
    customers: [],
  });
});

test('a change that does not say what it changed to is refused, the others count', async (context) => {
  const store = await sqliteStore(context, domain);
  const outcome = await consume(store, domain, [change(1, 'c', ada, 10), change(2, 'u', null, 20)]);
  assert.equal(outcome.applied.length, 1);
  assert.equal(outcome.rejections[0]?.errorClass, 'HandlerFailed');
});

const listing = {
  eventId: eventId(1),
  eventType: 'CustomerListed',
  occurredAt: '2026-01-05T08:00:00.000Z',
  customerId: ada.customerId,
};

test('a customer is listed with email and plan', () => {
  assert.deepEqual(domain.derive(change(1, 'u', ada, 10)), {
    ...listing,
    listed: true,
    email: 'ada@example.com',
    plan: 'free',
  });
});

test('a deleted customer is listed no longer', () => {
  const gone = { ...listing, listed: false, email: null, plan: null };
  assert.deepEqual(domain.derive(change(1, 'd', null, 10)), gone);
});

test('nothing is derived from a change that does not say what it changed to', () => {
  assert.throws(() => domain.derive(change(1, 'u', null, 10)), /no row after it/);
});

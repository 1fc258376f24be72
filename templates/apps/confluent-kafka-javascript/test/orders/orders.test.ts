import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeEvent } from '../../src/events.ts';
import type { OrderEvent } from '../../src/orders/events.ts';
import { domain } from '../../src/orders/index.ts';
import { ask, consume } from '../support/apply.ts';
import { eventId } from '../support/notes.ts';
import { sqliteStore } from '../support/stores.ts';

const at = (minute: number) => `2026-01-05T08:0${minute}:00.000Z`;

const placed: OrderEvent = {
  eventId: eventId(1),
  eventType: 'OrderPlaced',
  occurredAt: at(0),
  orderId: 'order-1',
  customerId: 'customer-1',
  currency: 'EUR',
  totalCents: 3780,
  lines: [{ sku: 'coffee-beans-1kg', quantity: 2, unitPriceCents: 1890 }],
};
const paid: OrderEvent = {
  eventId: eventId(2),
  eventType: 'OrderPaid',
  occurredAt: at(1),
  orderId: 'order-1',
  paymentId: 'pay-1',
  amountCents: 3780,
};
const shipped: OrderEvent = {
  eventId: eventId(3),
  eventType: 'OrderShipped',
  occurredAt: at(2),
  orderId: 'order-1',
  carrier: 'DHL',
  trackingCode: 'trk-1',
};
const cancelled: OrderEvent = {
  eventId: eventId(4),
  eventType: 'OrderCancelled',
  occurredAt: at(3),
  orderId: 'order-2',
  reason: 'out of stock',
};

test('an order is followed to where it stands', async (context) => {
  const store = await sqliteStore(context, domain);
  await consume(store, domain, [placed, paid, shipped]);
  const order = await ask(store, domain, '/views/orders/:orderId', { orderId: 'order-1' });
  assert.equal(
    JSON.stringify(order),
    JSON.stringify({
      orderId: 'order-1',
      status: 'shipped',
      totalCents: 3780,
      history: [
        { eventType: 'OrderPlaced', occurredAt: at(0) },
        { eventType: 'OrderPaid', occurredAt: at(1) },
        { eventType: 'OrderShipped', occurredAt: at(2) },
      ],
    }),
  );
});

test('an order whose first event is gone has a status and no total', async (context) => {
  const store = await sqliteStore(context, domain);
  await consume(store, domain, [paid]);
  const list = await ask(store, domain, '/views/orders');
  assert.equal(
    JSON.stringify(list),
    JSON.stringify({ orders: [{ orderId: 'order-1', status: 'paid', totalCents: null }] }),
  );
});

test('orders are listed by status', async (context) => {
  const store = await sqliteStore(context, domain);
  await consume(store, domain, [placed, cancelled]);
  const list = await ask(store, domain, '/views/orders', { status: 'cancelled' });
  assert.match(JSON.stringify(list), /^\{"orders":\[\{"orderId":"order-2","status":"cancelled"/);
});

test('an order that nobody placed is not there', async (context) => {
  const store = await sqliteStore(context, domain);
  const order = await ask(store, domain, '/views/orders/:orderId', { orderId: 'none' });
  assert.equal(order, undefined);
});

for (const [name, event] of Object.entries({
  'an order without lines': { ...placed, lines: [] },
  'half a piece': { ...placed, lines: [{ sku: 'a', quantity: 0.5, unitPriceCents: 1 }] },
  'a currency that is no code': { ...placed, currency: 'Euro' },
  'an event of another domain': { ...placed, eventType: 'OrderEaten' },
})) {
  test(`${name} is not valid`, () => {
    const decoded = decodeEvent(Buffer.from(JSON.stringify(event)), domain);
    assert.equal(decoded.kind, 'rejected');
  });
}

const noticed: [OrderEvent, string, boolean][] = [
  [placed, 'Order received', false],
  [paid, 'Payment received', false],
  [shipped, 'Order shipped', false],
  [cancelled, 'Order cancelled', true],
];
for (const [event, subject, urgent] of noticed) {
  test(`after ${event.eventType} the notice "${subject}" is due`, () => {
    const { eventId: id, occurredAt, orderId } = event;
    assert.deepEqual(domain.derive(event), {
      eventId: id,
      eventType: 'OrderNoticeDue',
      occurredAt,
      orderId,
      subject,
      urgent,
    });
  });
}

import type { Scenario } from '../generating/scenario.ts';
import type { OrderEvent, OrderPlaced } from './events.ts';

const products = [
  { sku: 'coffee-beans-1kg', unitPriceCents: 1890 },
  { sku: 'paper-filter-100', unitPriceCents: 390 },
  { sku: 'espresso-cup-set', unitPriceCents: 2450 },
  { sku: 'milk-jug-350ml', unitPriceCents: 1790 },
  { sku: 'hand-grinder', unitPriceCents: 7900 },
  { sku: 'kettle-gooseneck', unitPriceCents: 6500 },
  { sku: 'espresso-machine', unitPriceCents: 64900 },
];
const currencies = ['EUR', 'EUR', 'EUR', 'USD', 'GBP'];
const carriers = ['DHL', 'UPS', 'DPD', 'GLS'];
const reasons = ['customer request', 'payment failed', 'out of stock'];

/** Several orders are under way at a time; most are paid and shipped, a few are cancelled. */
export function* sample(scenario: Scenario): Iterable<OrderEvent> {
  const customers = Array.from({ length: 200 }, () => scenario.code('customer', 6));
  const open: { order: OrderPlaced; paid: boolean }[] = [];
  for (;;) {
    if (open.length < 5 || (open.length < 40 && scenario.chance(0.4))) {
      const order = placed(scenario, customers);
      open.push({ order, paid: false });
      yield order;
      continue;
    }
    // The orders of the busiest customers move first.
    const index = Math.floor(open.length * scenario.random() ** 3);
    const current = open[index] as (typeof open)[number];
    const { orderId, totalCents } = current.order;
    if (current.paid) {
      open.splice(index, 1);
      const trackingCode = scenario.code('trk', 12);
      yield {
        ...scenario.event('OrderShipped'),
        orderId,
        carrier: scenario.pick(carriers),
        trackingCode,
      };
    } else if (scenario.chance(0.08)) {
      open.splice(index, 1);
      yield { ...scenario.event('OrderCancelled'), orderId, reason: scenario.pick(reasons) };
    } else {
      current.paid = true;
      const paymentId = scenario.code('pay', 10);
      yield { ...scenario.event('OrderPaid'), orderId, paymentId, amountCents: totalCents };
    }
  }
}

function placed(scenario: Scenario, customers: readonly string[]): OrderPlaced {
  const lines = Array.from({ length: scenario.between(1, 3) }, () => ({
    ...scenario.pickSkewed(products),
    quantity: scenario.between(1, 3),
  }));
  return {
    ...scenario.event('OrderPlaced'),
    orderId: scenario.code('order', 8),
    customerId: scenario.pickSkewed(customers),
    currency: scenario.pick(currencies),
    totalCents: lines.reduce(
      (sum, { quantity, unitPriceCents }) => sum + quantity * unitPriceCents,
      0,
    ),
    lines,
  };
}

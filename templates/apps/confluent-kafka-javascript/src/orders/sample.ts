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

interface OpenOrder {
  order: OrderPlaced;
  paid: boolean;
  parcelsLeft: number;
}

/** Several orders at a time. Most come in one parcel, a few in many; some are cancelled. */
export function* sample(scenario: Scenario): Iterable<OrderEvent> {
  const customers = Array.from({ length: 200 }, () => scenario.code('customer', 6));
  const open: OpenOrder[] = [];
  for (;;) {
    if (open.length < 5 || (open.length < 40 && scenario.chance(0.3))) {
      const order = placed(scenario, customers);
      const parcelsLeft = scenario.chance(0.1) ? scenario.between(4, 12) : 1;
      open.push({ order, paid: false, parcelsLeft });
      yield order;
      continue;
    }
    const current = scenario.pickSkewed(open);
    const event = nextStep(scenario, current);
    if (event.eventType === 'OrderCancelled' || current.parcelsLeft === 0) {
      open.splice(open.indexOf(current), 1);
    }
    yield event;
  }
}

function nextStep(scenario: Scenario, current: OpenOrder): OrderEvent {
  const { orderId, totalCents } = current.order;
  if (current.paid) {
    current.parcelsLeft -= 1;
    return {
      ...scenario.event('OrderShipped'),
      orderId,
      carrier: scenario.pick(carriers),
      trackingCode: scenario.code('trk', 12),
    };
  }
  if (scenario.chance(0.08)) {
    return { ...scenario.event('OrderCancelled'), orderId, reason: scenario.pick(reasons) };
  }
  current.paid = true;
  const paymentId = scenario.code('pay', 10);
  return { ...scenario.event('OrderPaid'), orderId, paymentId, amountCents: totalCents };
}

function placed(scenario: Scenario, customers: readonly string[]): OrderPlaced {
  const first = scenario.between(0, products.length - 1);
  const lines = products
    .slice(first, first + scenario.between(1, 3))
    .map((product) => ({ ...product, quantity: scenario.between(1, 3) }));
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

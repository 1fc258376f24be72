import { z } from 'zod';
import { baseEvent, count, letters, nonEmpty } from '../events.ts';

const order = { ...baseEvent, orderId: nonEmpty };

export const orderPlaced = z.looseObject({
  ...order,
  eventType: z.literal('OrderPlaced'),
  customerId: nonEmpty,
  currency: letters(3),
  totalCents: count,
  lines: z
    .array(z.looseObject({ sku: nonEmpty, quantity: z.int32().min(1), unitPriceCents: count }))
    .min(1),
});

export const orderPaid = z.looseObject({
  ...order,
  eventType: z.literal('OrderPaid'),
  paymentId: nonEmpty,
  amountCents: count,
});

export const orderShipped = z.looseObject({
  ...order,
  eventType: z.literal('OrderShipped'),
  carrier: z.string(),
  trackingCode: z.string(),
});

export const orderCancelled = z.looseObject({
  ...order,
  eventType: z.literal('OrderCancelled'),
  reason: z.string(),
});

export const orderEvent = z.discriminatedUnion('eventType', [
  orderPlaced,
  orderPaid,
  orderShipped,
  orderCancelled,
]);

export type OrderPlaced = z.output<typeof orderPlaced>;
export type OrderEvent = z.output<typeof orderEvent>;

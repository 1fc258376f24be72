import type { DerivedEvent } from '../domain-types.ts';
import type { OrderEvent } from './events.ts';

const subjects: Record<OrderEvent['eventType'], string> = {
  OrderPlaced: 'Order received',
  OrderPaid: 'Payment received',
  OrderShipped: 'Order shipped',
  OrderCancelled: 'Order cancelled',
};

/** The notice that a customer gets about an order. */
export function derive({ eventId, eventType, occurredAt, orderId }: OrderEvent): DerivedEvent {
  return {
    eventId,
    eventType: 'OrderNoticeDue',
    occurredAt,
    orderId,
    subject: subjects[eventType],
    urgent: eventType === 'OrderCancelled',
  };
}

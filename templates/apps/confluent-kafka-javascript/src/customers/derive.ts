import type { DerivedEvent } from '../domain-types.ts';
import { rowAfter } from './change.ts';
import type { CustomerChanged } from './events.ts';

/** What a mailing list has to know of a customer. */
export function derive(event: CustomerChanged): DerivedEvent {
  const row = rowAfter(event);
  return {
    eventId: event.eventId,
    eventType: 'CustomerListed',
    occurredAt: event.occurredAt,
    customerId: event.customerId,
    listed: row !== null,
    email: row?.email ?? null,
    plan: row?.plan ?? null,
  };
}

import type { DerivedEvent } from '../domain-types.ts';
import type { AuditRecorded } from './events.ts';

const riskOf = { success: 'low', failed: 'medium', denied: 'high' } as const;

/** How much an action deserves a second look. */
export function derive(event: AuditRecorded): DerivedEvent {
  const { eventId, occurredAt, actor, action, outcome } = event;
  const risk = riskOf[outcome];
  return { eventId, eventType: 'AuditAssessed', occurredAt, actor, action, outcome, risk };
}

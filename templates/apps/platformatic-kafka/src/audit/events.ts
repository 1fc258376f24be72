import { z } from 'zod';
import { baseEvent, nonEmpty } from '../events.ts';

export const outcomes = ['success', 'denied', 'failed'] as const;

export const auditRecorded = z.looseObject({
  ...baseEvent,
  eventType: z.literal('AuditRecorded'),
  actor: nonEmpty,
  action: z.string().regex(/^[^\s.]+\.[^\s.]+$/, 'must be noun.verb'),
  resource: nonEmpty,
  outcome: z.enum(outcomes),
  sourceIp: nonEmpty,
  service: nonEmpty,
  /** Free text, or what a service wants to add in its own structure. */
  details: z.json(),
});

export type AuditRecorded = z.output<typeof auditRecorded>;

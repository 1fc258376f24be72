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
  details: z.string(),
});

export type AuditRecorded = z.output<typeof auditRecorded>;

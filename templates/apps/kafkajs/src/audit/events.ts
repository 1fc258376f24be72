import { z } from 'zod';
import { baseEvent, nonEmpty } from '../events.ts';

export const outcomes = ['success', 'denied', 'failed'] as const;

export const auditRecorded = z.looseObject({
  ...baseEvent,
  eventType: z.literal('AuditRecorded'),
  actor: nonEmpty,
  action: z.string().regex(/^[^\s.]+\.[^\s.]+$/, 'must be noun.verb'),
  resource: z.string(),
  outcome: z.enum(outcomes),
  sourceIp: z.string(),
  service: z.string(),
  details: z.string(),
});

export type AuditRecorded = z.output<typeof auditRecorded>;

import type { Domain } from '../domain-types.ts';
import { derive } from './derive.ts';
import { auditRecorded, type AuditRecorded } from './events.ts';
import { sample } from './sample.ts';
import { apply, effects, tables } from './tables.ts';
import { views } from './views.ts';

/** An audit trail that can be searched. */
export const domain: Domain<AuditRecorded> = {
  schema: auditRecorded,
  keyOf: (event) => event.actor,
  tables,
  apply,
  effects,
  views,
  derive,
  sample,
};

import type { Sql } from '../store/store.ts';
import type { AuditRecorded } from './events.ts';

export const tables = [
  `CREATE TABLE IF NOT EXISTS audit_entries (
     event_id TEXT PRIMARY KEY,
     occurred_at TEXT NOT NULL,
     actor TEXT NOT NULL,
     action TEXT NOT NULL,
     resource TEXT NOT NULL,
     outcome TEXT NOT NULL,
     source_ip TEXT NOT NULL,
     service TEXT NOT NULL,
     details TEXT NOT NULL
   )`,
  'CREATE INDEX IF NOT EXISTS audit_entries_by_time ON audit_entries (occurred_at)',
  'CREATE INDEX IF NOT EXISTS audit_entries_by_actor ON audit_entries (actor, occurred_at)',
];

export async function apply(events: readonly AuditRecorded[], sql: Sql): Promise<void> {
  for (const event of events) {
    await sql.run(
      `INSERT INTO audit_entries (event_id, occurred_at, actor, action, resource, outcome,
                                  source_ip, service, details)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      event.eventId,
      event.occurredAt,
      event.actor,
      event.action,
      event.resource,
      event.outcome,
      event.sourceIp,
      event.service,
      event.details,
    );
  }
}

export const effects = 'SELECT COUNT(*) FROM audit_entries';

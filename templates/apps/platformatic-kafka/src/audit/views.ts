import { z } from 'zod';
import { view } from '../domain-types.ts';
import { limit } from '../events.ts';
import { outcomes } from './events.ts';

const parameters = z.object({
  q: z.string().default(''),
  actor: z.string().optional(),
  outcome: z.enum(outcomes).optional(),
  limit: limit.default(50),
});

const entries = view('/views/entries', parameters, async (sql, { q, actor, outcome, limit }) => {
  const rows = await sql.rows(
    `SELECT event_id AS "eventId", occurred_at AS "occurredAt", actor, action, resource, outcome,
            source_ip AS "sourceIp", service, details
     FROM audit_entries
     WHERE actor = COALESCE($1, actor) AND outcome = COALESCE($2, outcome)
       AND LOWER(action || ' ' || resource || ' ' || details) LIKE $3 ESCAPE '\\'
     ORDER BY occurred_at DESC, event_id LIMIT $4`,
    actor ?? null,
    outcome ?? null,
    `%${q.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`,
    limit,
  );
  return {
    entries: rows.map((row) => ({
      ...row,
      details: JSON.parse(String(row.details)) as unknown,
    })),
  };
});

export const views = [entries];

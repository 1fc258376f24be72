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

const entries = view('/views/entries', parameters, async (sql, { q, actor, outcome, limit }) => ({
  entries: await sql.rows(
    `SELECT event_id AS "eventId", occurred_at AS "occurredAt", actor, action, resource, outcome,
            source_ip AS "sourceIp", service, details
     FROM audit_entries
     WHERE actor = COALESCE($1, actor) AND outcome = COALESCE($2, outcome)
       AND (LOWER(action) LIKE $3 ESCAPE '!' OR LOWER(resource) LIKE $3 ESCAPE '!'
            OR LOWER(details) LIKE $3 ESCAPE '!')
     ORDER BY occurred_at DESC, event_id LIMIT $4`,
    actor ?? null,
    outcome ?? null,
    containing(q),
    limit,
  ),
}));

function containing(text: string): string {
  return `%${text.toLowerCase().replaceAll(/[!%_]/g, '!$&')}%`;
}

export const views = [entries];

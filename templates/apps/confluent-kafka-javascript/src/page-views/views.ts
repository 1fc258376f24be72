import { z } from 'zod';
import { view } from '../domain-types.ts';
import { limit } from '../events.ts';
import type { Sql } from '../store/store.ts';
import { windowOf } from './tables.ts';

const parameters = z.object({
  window: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d/, 'must be a minute like 2026-01-05T08:00Z')
    .optional(),
  limit: limit.default(10),
});

const topPages = view('/views/top-pages', parameters, async (sql, { window, limit }) => {
  const start = window ? windowOf(window) : await newestWindow(sql);
  const pages = await sql.rows(
    `SELECT page, views FROM page_views WHERE window_start = $1
     ORDER BY views DESC, page LIMIT $2`,
    start,
    limit,
  );
  return { window: start, pages };
});

async function newestWindow(sql: Sql) {
  const [row] = await sql.rows('SELECT MAX(window_start) AS newest FROM page_views');
  return row?.newest ?? null;
}

export const views = [topPages];

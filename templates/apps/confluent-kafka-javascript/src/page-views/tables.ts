import type { Sql } from '../store/store.ts';
import type { PageViewed } from './events.ts';

export const tables = [
  `CREATE TABLE IF NOT EXISTS page_views (
     window_start TEXT NOT NULL,
     page TEXT NOT NULL,
     views BIGINT NOT NULL,
     PRIMARY KEY (window_start, page)
   )`,
];

/** The tumbling one-minute window of a time, e.g. `2026-01-05T08:00Z`. */
export function windowOf(time: string): string {
  return `${time.slice(0, 'YYYY-MM-DDTHH:MM'.length)}Z`;
}

/** Windows go by when the page was viewed, so a late event still counts where it belongs. */
export async function apply(events: readonly PageViewed[], sql: Sql): Promise<void> {
  const counts = new Map<string, { window: string; page: string; views: number }>();
  for (const { occurredAt, page } of events) {
    const window = windowOf(occurredAt);
    const count = counts.get(`${window} ${page}`) ?? { window, page, views: 0 };
    count.views += 1;
    counts.set(`${window} ${page}`, count);
  }
  // Sorted, because consumers of other partitions count the same pages: rows that all of them lock
  // in one order can't deadlock.
  for (const [, { window, page, views }] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await sql.run(
      `INSERT INTO page_views (window_start, page, views) VALUES ($1, $2, $3)
       ON CONFLICT (window_start, page) DO UPDATE SET views = page_views.views + excluded.views`,
      window,
      page,
      views,
    );
  }
}

export const effects = 'SELECT COALESCE(SUM(views), 0) FROM page_views';

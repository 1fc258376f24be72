import type { Service } from './application.ts';

/** A service's `/metrics`. */
export const scrape = async ({ url }: Service): Promise<string> =>
  (await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(10_000) })).text();

/** The sum of a metric over its labels; NaN where it is not there. */
export async function metric(service: Service, name: string): Promise<number> {
  const samples = (await scrape(service)).matchAll(
    new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'gm'),
  );
  const values = [...samples].map(([, value]) => Number(value));
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0);
}

export type ApplicationEvent = { readonly eventId: string; readonly [field: string]: unknown };
export type Stats = { readonly events: number; readonly effects: number };

export type Posted = {
  readonly eventId: string;
  readonly status: number;
  readonly partition?: number;
  readonly offset?: number;
  readonly milliseconds: number;
};

/** Posts events to the producer, so many at a time; each is answered when the broker acknowledged it. */
export async function postEvents(
  url: string,
  events: readonly ApplicationEvent[],
  {
    concurrency = 32,
    keepGoing = () => true,
  }: { concurrency?: number; keepGoing?: () => boolean } = {},
): Promise<Posted[]> {
  const posted: Posted[] = [];
  const queue = events.values();
  const worker = async () => {
    for (const event of queue) {
      if (!keepGoing()) return;
      posted.push(await postEvent(url, event));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return posted;
}

async function postEvent(url: string, event: ApplicationEvent): Promise<Posted> {
  const start = performance.now();
  const response = await fetch(`${url}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-correlation-id': `drill-${event.eventId}` },
    body: JSON.stringify(event),
    signal: AbortSignal.timeout(60_000),
  });
  const body = (await response.json()) as { partition?: number; offset?: number };
  return {
    eventId: event.eventId,
    status: response.status,
    milliseconds: performance.now() - start,
    ...(response.ok ? { partition: Number(body.partition), offset: Number(body.offset) } : {}),
  };
}

export type StoredEvent = {
  readonly event: ApplicationEvent;
  readonly partition: number;
  readonly offset: number;
  readonly correlationId: string;
  readonly processedAt: string;
};

/** What the consumer stored of an event; undefined when it does not know it. */
async function storedEvent(url: string, eventId: string): Promise<StoredEvent | undefined> {
  const response = await fetch(`${url}/events/${eventId}`, { signal: AbortSignal.timeout(10_000) });
  return response.ok ? ((await response.json()) as StoredEvent) : undefined;
}

export async function stats(url: string): Promise<Stats> {
  const response = await fetch(`${url}/stats`, { signal: AbortSignal.timeout(10_000) });
  return (await response.json()) as Stats;
}

/** Several look-ups at a time, in order. */
export async function storedEvents(
  url: string,
  ids: readonly string[],
): Promise<(StoredEvent | undefined)[]> {
  const found: (StoredEvent | undefined)[] = [];
  for (let at = 0; at < ids.length; at += 32) {
    found.push(...(await Promise.all(ids.slice(at, at + 32).map((id) => storedEvent(url, id)))));
  }
  return found;
}

/** The value of a counter or gauge, summed over its labels. */
export async function metric(url: string, name: string): Promise<number> {
  const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(10_000) });
  const text = await response.text();
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

export const percentile = (values: readonly number[], fraction: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? 0);
};

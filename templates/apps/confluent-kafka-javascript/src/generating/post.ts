import { setTimeout as sleep } from 'node:timers/promises';
import type { BaseEvent, Domain } from '../domain-types.ts';

const LANES = 64;
const MAX_ATTEMPTS = 8;

export interface Posting {
  url: string;
  /** Events a second; 0 is as fast as the producer accepts. */
  rate: number;
  domain: Domain;
}

/**
 * Posts the events and counts those that were not accepted. Events of one key wait for each other,
 * because requests that are under way together may arrive in any order.
 */
export async function postEvents(
  events: Iterable<BaseEvent>,
  posting: Posting,
): Promise<{ posted: number; refused: number }> {
  const startedAt = Date.now();
  const lanes = Array.from({ length: LANES }, () => Promise.resolve());
  let posted = 0;
  let refused = 0;
  for (const event of events) {
    if (posting.rate > 0) {
      await sleep(Math.max(0, startedAt + (posted / posting.rate) * 1000 - Date.now()));
    }
    posted += 1;
    const lane = laneOf(posting.domain.keyOf(event));
    const previous = lanes[lane];
    lanes[lane] = (async () => {
      await previous;
      refused += (await post(event, posting.url)) ? 0 : 1;
    })();
    if (posted % (LANES * 4) === 0) {
      await Promise.all(lanes);
    }
  }
  await Promise.all(lanes);
  return { posted, refused };
}

/** A producer that is busy or just starting says 503; the same event id makes trying again safe. */
async function post(event: BaseEvent, url: string): Promise<boolean> {
  const body = JSON.stringify(event);
  const headers = { 'content-type': 'application/json' };
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const response = await fetch(new URL('/events', url), { method: 'POST', headers, body }).catch(
      (error: unknown) => error as Error,
    );
    const reason = response instanceof Error ? response.message : await response.text();
    if (!(response instanceof Error) && response.status !== 503) {
      if (response.status === 202) {
        return true;
      }
      console.error(`${event.eventId}: ${response.status} ${reason}`);
      return false;
    }
    if (attempt === MAX_ATTEMPTS) {
      console.error(`${event.eventId}: ${reason}`);
    }
    await sleep(attempt < MAX_ATTEMPTS ? 100 * 2 ** (attempt - 1) : 0);
  }
  return false;
}

function laneOf(key: string): number {
  let hash = 0;
  for (const character of key) {
    hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  }
  return hash % LANES;
}

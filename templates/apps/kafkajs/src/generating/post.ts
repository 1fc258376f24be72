import { setTimeout as sleep } from 'node:timers/promises';
import type { BaseEvent, Domain } from '../domain-types.ts';
import { openConnection, type Answer, type Post } from './connection.ts';

/** So many that few keys share one: what bounds the rate is the busiest key, which waits for itself. */
const LANES = 256;
const MAX_ATTEMPTS = 8;

/** In all lanes together: a producer that is slow slows the generator down instead of filling it. */
const MAX_WAITING = 10_000;

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
  const post = openConnection(new URL('/events', posting.url));
  const startedAt = performance.now();
  const lanes = Array.from({ length: LANES }, () => Promise.resolve());
  let posted = 0;
  let waiting = 0;
  let refused = 0;
  for (const event of events) {
    const lane = laneOf(posting.domain.keyOf(event));
    const previous = lanes[lane];
    if (waiting >= MAX_WAITING) {
      await previous;
    }
    // Timers are a millisecond late at least: only who is ahead of the rate sleeps.
    const ahead =
      posting.rate > 0 ? startedAt + (posted / posting.rate) * 1000 - performance.now() : 0;
    if (ahead > 0) {
      await sleep(ahead);
    }
    posted += 1;
    waiting += 1;
    lanes[lane] = (async () => {
      await previous;
      refused += (await postUntilAnswered(event, post)) ? 0 : 1;
      waiting -= 1;
    })();
  }
  await Promise.all(lanes);
  return { posted, refused };
}

/** A producer that is busy or just starting says 503; the same event id makes trying again safe. */
async function postUntilAnswered(event: BaseEvent, post: Post): Promise<boolean> {
  const body = JSON.stringify(event);
  for (let attempt = 1; ; attempt += 1) {
    const answer = await post(body).catch((error: unknown) => error as Error);
    const away = answer instanceof Error || answer.status === 503;
    if (!away || attempt === MAX_ATTEMPTS) {
      return accepted(event, answer);
    }
    await sleep(100 * 2 ** (attempt - 1));
  }
}

function accepted({ eventId }: BaseEvent, answer: Answer | Error): boolean {
  if (answer instanceof Error) {
    console.error(`${eventId}: ${answer.message}`);
    return false;
  }
  if (answer.status !== 202) {
    console.error(`${eventId}: ${answer.status} ${answer.text}`);
  }
  return answer.status === 202;
}

function laneOf(key: string): number {
  let hash = 0;
  for (const character of key) {
    hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  }
  return hash % LANES;
}

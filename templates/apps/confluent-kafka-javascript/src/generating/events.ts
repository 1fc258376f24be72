import type { BaseEvent, Domain } from '../domain-types.ts';
import { Scenario } from './scenario.ts';

/** How many events may come between an event and its duplicate. */
const LATEST_DUPLICATE = 50;

/** The first `count` events of a seed. */
export function* generatedEvents(domain: Domain, seed: number, count: number): Iterable<BaseEvent> {
  let left = count;
  if (left === 0) {
    return;
  }
  for (const event of domain.sample(new Scenario(seed))) {
    yield event;
    left -= 1;
    if (left === 0) {
      return;
    }
  }
}

/** Gives a percentage of the events a second time, a little later, as a sender that retries does. */
export function* withDuplicates(
  events: Iterable<BaseEvent>,
  seed: number,
  percentage: number,
): Iterable<BaseEvent> {
  // Choices of their own, so that a seed's events are the same with and without duplicates.
  const scenario = new Scenario(seed + 1);
  const waiting: { event: BaseEvent; at: number }[] = [];
  let position = 0;
  for (const event of events) {
    yield event;
    position += 1;
    if (scenario.chance(percentage / 100)) {
      waiting.push({ event, at: position + scenario.between(1, LATEST_DUPLICATE) });
    }
    while (waiting[0] && waiting[0].at <= position) {
      yield (waiting.shift() as (typeof waiting)[number]).event;
    }
  }
  for (const { event } of waiting) {
    yield event;
  }
}

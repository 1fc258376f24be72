import type { BaseEvent, Domain } from '../domain-types.ts';
import { Scenario } from './scenario.ts';

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

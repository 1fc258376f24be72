import type { BaseEvent, Domain } from '../../src/domain-types.ts';
import { applyBatch, type Outcome } from '../../src/consuming/apply-batch.ts';
import { countEventsAndEffects, type Counts } from '../../src/store/processed-events.ts';
import type { Store } from '../../src/store/store.ts';
import { record } from './records.ts';

/** Consumes the events as one batch. */
export function consume(
  store: Store,
  domain: Domain,
  events: readonly BaseEvent[],
): Promise<Outcome> {
  return applyBatch(
    events.map((event, offset) => record(offset, event)),
    store,
    domain,
  );
}

/** What the service answers as its stats. */
export function counts(store: Store, domain: Domain): Promise<Counts> {
  return countEventsAndEffects(store.read, domain.effects);
}

/** Asks one of the domain's views, as HTTP would. */
export function ask(
  store: Store,
  domain: Domain,
  path: string,
  parameters: Record<string, string> = {},
): Promise<unknown> {
  const view = domain.views.find((candidate) => candidate.path === path);
  if (!view) {
    throw new Error(`There is no view ${path}.`);
  }
  return view.answer(store.read, parameters);
}

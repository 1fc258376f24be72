import type { z } from 'zod';
import type { Scenario } from './generating/scenario.ts';
import type { Sql } from './store/store.ts';

/** What all events have; a domain adds its own fields. */
export interface BaseEvent {
  eventId: string;
  eventType: string;
  occurredAt: string;
}

/** Says something about one other event, and has its id and time. */
export type DerivedEvent = BaseEvent & Readonly<Record<string, string | boolean | null>>;

/** Everything the services need to know about one use case. */
export interface Domain<Event extends BaseEvent = BaseEvent> {
  readonly schema: z.ZodType<Event>;
  /** Events with the same key stay in order, because they share a partition. */
  keyOf(event: Event): string;
  /** DDL that SQLite and PostgreSQL both understand. */
  readonly tables: readonly string[];
  /**
   * Applies events, in order, inside the batch's transaction; no event id is ever given twice. If it
   * throws for several events, it is asked again for each of them, and the one to blame becomes a
   * dead letter.
   */
  apply(events: readonly Event[], sql: Sql): Promise<void>;
  /** A query with one number: how many applied events the domain's tables account for. */
  readonly effects: string;
  readonly views: readonly View[];
  /** What the transformer makes of an event. If it throws, the record becomes a dead letter. */
  derive(event: Event): DerivedEvent;
  /** An endless, plausible stream of events; the scenario decides every random choice. */
  sample(scenario: Scenario): Iterable<Event>;
}

/** A question the consumer answers over HTTP. */
export interface View {
  /** Path below the consumer's root, with `:name` for parameters. */
  readonly path: string;
  /** `undefined` means there is no such thing: 404. */
  answer(sql: Sql, parameters: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** A view whose path and query parameters are checked by a schema. */
export function view<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  answer: (sql: Sql, parameters: z.output<Schema>) => Promise<unknown>,
): View {
  return { path, answer: (sql, parameters) => answer(sql, schema.parse(parameters)) };
}

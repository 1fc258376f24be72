import type { BaseEvent } from '../domain-types.ts';
import type { Row, Sql, Value } from './store.ts';

/** Remembers every event that had its effect; the primary key is what makes it happen once. */
export const processedEventsTable = `
  CREATE TABLE IF NOT EXISTS processed_events (
    event_id TEXT PRIMARY KEY,
    event_type TEXT NOT NULL,
    topic TEXT NOT NULL,
    partition INTEGER NOT NULL,
    record_offset BIGINT NOT NULL,
    correlation_id TEXT NOT NULL,
    payload TEXT NOT NULL,
    processed_at TEXT NOT NULL
  )`;

export interface ProcessedEvent {
  event: BaseEvent;
  text: string;
  topic: string;
  partition: number;
  offset: bigint;
  correlationId: string;
}

/** Returns those of the events that are new here, each once; the others had their effect before. */
export async function remember<Processed extends ProcessedEvent>(
  sql: Sql,
  events: readonly Processed[],
): Promise<Processed[]> {
  const processedAt = new Date().toISOString();
  const inserted = new Set<string>();
  for (const chunk of chunks(events)) {
    const rows = await sql.rows(
      insertStatement(chunk.length),
      ...chunk.flatMap((processed) => values(processed, processedAt)),
    );
    for (const { event_id } of rows) {
      inserted.add(String(event_id));
    }
  }
  // Of two records with one id in a batch, the first counts.
  return events.filter(({ event }) => inserted.delete(event.eventId));
}

const columns = [
  'event_id',
  'event_type',
  'topic',
  'partition',
  'record_offset',
  'correlation_id',
  'payload',
  'processed_at',
];

function values(processed: ProcessedEvent, processedAt: string): Value[] {
  const { event, text, topic, partition, offset, correlationId } = processed;
  const { eventId, eventType } = event;
  return [eventId, eventType, topic, partition, Number(offset), correlationId, text, processedAt];
}

function insertStatement(rows: number): string {
  const tuples = Array.from({ length: rows }, (_row, row) => {
    const parameters = columns.map((_column, column) => `$${row * columns.length + column + 1}`);
    return `(${parameters.join(', ')})`;
  });
  return `INSERT INTO processed_events (${columns.join(', ')}) VALUES ${tuples.join(', ')}
          ON CONFLICT (event_id) DO NOTHING RETURNING event_id`;
}

/** Many rows a statement, to save round trips; few different sizes, to have few statements. */
function* chunks<Item>(items: readonly Item[]): Iterable<Item[]> {
  let start = 0;
  for (const size of [100, 10, 1]) {
    for (; start + size <= items.length; start += size) {
      yield items.slice(start, start + size);
    }
  }
}

export async function findEvent(sql: Sql, eventId: string): Promise<Row | undefined> {
  const [row] = await sql.rows('SELECT * FROM processed_events WHERE event_id = $1', eventId);
  return row;
}

export interface Counts {
  events: number;
  effects: number;
}

/** Both in one statement: a batch that is stored in between would be in one number only. */
export async function countEventsAndEffects(sql: Sql, effects: string): Promise<Counts> {
  const [row] = await sql.rows(
    `SELECT (SELECT COUNT(*) FROM processed_events) AS events, (${effects}) AS effects`,
  );
  return { events: Number(row?.events), effects: Number(row?.effects) };
}

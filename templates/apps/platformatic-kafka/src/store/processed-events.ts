import type { BaseEvent } from '../domain-types.ts';
import type { Row, Sql } from './store.ts';

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

/** False if the event had its effect before. */
export async function remember(sql: Sql, processed: ProcessedEvent): Promise<boolean> {
  const { event, text, topic, partition, offset, correlationId } = processed;
  const inserted = await sql.run(
    `INSERT INTO processed_events (event_id, event_type, topic, partition, record_offset,
                                   correlation_id, payload, processed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (event_id) DO NOTHING`,
    event.eventId,
    event.eventType,
    topic,
    partition,
    Number(offset),
    correlationId,
    text,
    new Date().toISOString(),
  );
  return inserted === 1;
}

export async function findEvent(sql: Sql, eventId: string): Promise<Row | undefined> {
  const [row] = await sql.rows('SELECT * FROM processed_events WHERE event_id = $1', eventId);
  return row;
}

export async function countEvents(sql: Sql): Promise<number> {
  return countOf(sql, 'SELECT COUNT(*) AS count FROM processed_events');
}

/** The first row's column `count`. */
export async function countOf(sql: Sql, statement: string): Promise<number> {
  const [row] = await sql.rows(statement);
  return Number(row?.count ?? 0);
}

import { z } from 'zod';
import { view, type Domain } from '../../src/domain-types.ts';
import { baseEvent, limit } from '../../src/events.ts';

const noteTaken = z.looseObject({
  ...baseEvent,
  eventType: z.literal('NoteTaken'),
  author: z.string().min(1),
  text: z.string(),
});

export type NoteTaken = z.output<typeof noteTaken>;

/** The smallest domain there is, so that the common tests hold for every project. */
export const notes: Domain<NoteTaken> = {
  schema: noteTaken,
  keyOf: (event) => event.author,
  tables: ['CREATE TABLE IF NOT EXISTS notes (event_id TEXT PRIMARY KEY, text TEXT NOT NULL)'],
  async apply(events, sql) {
    for (const { eventId, text } of events) {
      await sql.run('INSERT INTO notes (event_id, text) VALUES ($1, $2)', eventId, text);
      if (text === 'refuse me') {
        throw new RangeError('This note is refused.');
      }
    }
  },
  effects: 'SELECT COUNT(*) FROM notes',
  views: [
    view('/views/notes', z.object({ limit: limit.default(10) }), async (sql, { limit }) => ({
      notes: await sql.rows('SELECT text FROM notes ORDER BY text LIMIT $1', limit),
    })),
    view('/views/notes/:text', z.object({ text: z.string() }), async (sql, { text }) => {
      const [note] = await sql.rows('SELECT text FROM notes WHERE text = $1', text);
      return note;
    }),
  ],
  derive({ eventId, occurredAt, author, text }) {
    if (text === 'refuse me') {
      throw new RangeError('This note is refused.');
    }
    return { eventId, eventType: 'NoteCounted', occurredAt, author, length: String(text.length) };
  },
  *sample(scenario) {
    for (;;) {
      yield {
        ...scenario.event('NoteTaken'),
        author: scenario.pick(['ada', 'ben']),
        text: 'hello',
      };
    }
  },
};

export function note(number: number, text = `note ${number}`): NoteTaken {
  return {
    eventId: eventId(number),
    eventType: 'NoteTaken',
    occurredAt: '2026-01-05T08:00:00.000Z',
    author: 'ada',
    text,
  };
}

export function eventId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

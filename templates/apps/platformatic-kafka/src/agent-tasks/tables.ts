import { countOf } from '../store/processed-events.ts';
import type { Sql } from '../store/store.ts';
import type { TaskEvent } from './events.ts';

export const statuses = ['open', 'completed', 'failed'] as const;

export const tables = [
  `CREATE TABLE IF NOT EXISTS tasks (
     task_id TEXT PRIMARY KEY,
     agent TEXT,
     goal TEXT,
     status TEXT NOT NULL,
     updated_at TEXT NOT NULL
   )`,
  `CREATE TABLE IF NOT EXISTS tool_calls (
     task_id TEXT NOT NULL,
     call_id TEXT NOT NULL,
     first_event_at TEXT NOT NULL,
     tool TEXT,
     arguments TEXT,
     ok INTEGER,
     result TEXT,
     duration_ms BIGINT,
     PRIMARY KEY (task_id, call_id)
   )`,
  `CREATE TABLE IF NOT EXISTS task_events (
     event_id TEXT PRIMARY KEY,
     task_id TEXT NOT NULL
   )`,
  'CREATE INDEX IF NOT EXISTS tasks_by_status ON tasks (status, updated_at)',
];

/** A board is built from what has arrived: any event can be the first one of its task or call. */
export async function apply(event: TaskEvent, sql: Sql): Promise<void> {
  await sql.run(
    'INSERT INTO task_events (event_id, task_id) VALUES ($1, $2)',
    event.eventId,
    event.taskId,
  );
  await sql.run(
    `INSERT INTO tasks (task_id, status, updated_at) VALUES ($1, 'open', $2)
     ON CONFLICT (task_id) DO UPDATE SET updated_at = excluded.updated_at`,
    event.taskId,
    event.occurredAt,
  );
  switch (event.eventType) {
    case 'TaskCreated':
      await sql.run(
        'UPDATE tasks SET agent = $2, goal = $3 WHERE task_id = $1',
        event.taskId,
        event.agent,
        event.goal,
      );
      break;
    case 'ToolCalled':
      await sql.run(
        `INSERT INTO tool_calls (task_id, call_id, first_event_at, tool, arguments)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (task_id, call_id) DO UPDATE
         SET tool = excluded.tool, arguments = excluded.arguments`,
        event.taskId,
        event.callId,
        event.occurredAt,
        event.tool,
        JSON.stringify(event.arguments),
      );
      break;
    case 'ToolReturned':
      await sql.run(
        `INSERT INTO tool_calls (task_id, call_id, first_event_at, ok, result, duration_ms)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (task_id, call_id) DO UPDATE
         SET ok = excluded.ok, result = excluded.result, duration_ms = excluded.duration_ms`,
        event.taskId,
        event.callId,
        event.occurredAt,
        event.ok ? 1 : 0,
        event.result,
        event.durationMs,
      );
      break;
    case 'TaskCompleted':
      await setStatus(sql, event.taskId, 'completed');
      break;
    case 'TaskFailed':
      await setStatus(sql, event.taskId, 'failed');
      break;
  }
}

export function countEffects(sql: Sql): Promise<number> {
  return countOf(sql, 'SELECT COUNT(*) AS count FROM task_events');
}

async function setStatus(
  sql: Sql,
  taskId: string,
  status: (typeof statuses)[number],
): Promise<void> {
  await sql.run('UPDATE tasks SET status = $2 WHERE task_id = $1', taskId, status);
}

import type { Sql } from '../store/store.ts';
import type { TaskEvent, ToolCalled, ToolReturned } from './events.ts';

export const tables = [
  `CREATE TABLE IF NOT EXISTS task_events (
     event_id TEXT PRIMARY KEY,
     task_id TEXT NOT NULL,
     event_type TEXT NOT NULL,
     occurred_at TEXT NOT NULL
   )`,
  `CREATE TABLE IF NOT EXISTS tasks (
     task_id TEXT PRIMARY KEY,
     agent TEXT,
     goal TEXT,
     outcome TEXT
   )`,
  `CREATE TABLE IF NOT EXISTS tool_calls (
     task_id TEXT NOT NULL,
     call_id TEXT NOT NULL,
     first_event_id TEXT NOT NULL,
     tool TEXT,
     arguments TEXT,
     ok INTEGER,
     result TEXT,
     duration_ms BIGINT,
     PRIMARY KEY (task_id, call_id)
   )`,
];

/** A board is built from what has arrived: any event can be the first one of its task or call. */
export async function apply(events: readonly TaskEvent[], sql: Sql): Promise<void> {
  for (const event of events) {
    await sql.run(
      `INSERT INTO task_events (event_id, task_id, event_type, occurred_at)
       VALUES ($1, $2, $3, $4)`,
      event.eventId,
      event.taskId,
      event.eventType,
      event.occurredAt,
    );
    await updateTask(event, sql);
    if (event.eventType === 'ToolCalled' || event.eventType === 'ToolReturned') {
      await updateCall(event, sql);
    }
  }
}

export const effects = 'SELECT COUNT(*) FROM task_events';

const outcomes = new Map([
  ['TaskCompleted', 'completed'],
  ['TaskFailed', 'failed'],
]);

async function updateTask(event: TaskEvent, sql: Sql): Promise<void> {
  const created = event.eventType === 'TaskCreated' ? event : undefined;
  await sql.run(
    `INSERT INTO tasks (task_id, agent, goal, outcome) VALUES ($1, $2, $3, $4)
     ON CONFLICT (task_id) DO UPDATE SET
       agent = COALESCE(excluded.agent, tasks.agent),
       goal = COALESCE(excluded.goal, tasks.goal),
       outcome = COALESCE(excluded.outcome, tasks.outcome)`,
    event.taskId,
    created?.agent ?? null,
    created?.goal ?? null,
    outcomes.get(event.eventType) ?? null,
  );
}

async function updateCall(event: ToolCalled | ToolReturned, sql: Sql): Promise<void> {
  const called = event.eventType === 'ToolCalled' ? event : undefined;
  const returned = event.eventType === 'ToolReturned' ? event : undefined;
  await sql.run(
    `INSERT INTO tool_calls (task_id, call_id, first_event_id, tool, arguments,
                             ok, result, duration_ms)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (task_id, call_id) DO UPDATE SET
       tool = COALESCE(excluded.tool, tool_calls.tool),
       arguments = COALESCE(excluded.arguments, tool_calls.arguments),
       ok = COALESCE(excluded.ok, tool_calls.ok),
       result = COALESCE(excluded.result, tool_calls.result),
       duration_ms = COALESCE(excluded.duration_ms, tool_calls.duration_ms)`,
    event.taskId,
    event.callId,
    event.eventId,
    called?.tool ?? null,
    called ? JSON.stringify(called.arguments) : null,
    returned ? Number(returned.ok) : null,
    returned?.result ?? null,
    returned?.durationMs ?? null,
  );
}

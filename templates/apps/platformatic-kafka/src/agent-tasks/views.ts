import { z } from 'zod';
import { view } from '../domain-types.ts';
import { limit } from '../events.ts';
import { statuses } from './tables.ts';

const oneTask = view(
  '/views/tasks/:taskId',
  z.object({ taskId: z.string() }),
  async (sql, { taskId }) => {
    const [task] = await sql.rows(
      'SELECT task_id AS "taskId", agent, goal, status FROM tasks WHERE task_id = $1',
      taskId,
    );
    if (!task) {
      return undefined;
    }
    const calls = await sql.rows(
      `SELECT call_id AS "callId", tool, arguments, ok, result, duration_ms AS "durationMs"
       FROM tool_calls WHERE task_id = $1 ORDER BY first_event_at, call_id`,
      taskId,
    );
    return {
      ...task,
      calls: calls.map((call) => ({
        ...call,
        arguments: JSON.parse(String(call.arguments)) as unknown,
        ok: call.ok === null ? null : call.ok === 1,
      })),
    };
  },
);

const tasksByStatus = view(
  '/views/tasks',
  z.object({ status: z.enum(statuses).optional(), limit: limit.default(50) }),
  async (sql, { status, limit }) => ({
    tasks: await sql.rows(
      `SELECT task_id AS "taskId", status, goal FROM tasks
       WHERE status = COALESCE($1, status) ORDER BY updated_at DESC, task_id LIMIT $2`,
      status ?? null,
      limit,
    ),
  }),
);

export const views = [oneTask, tasksByStatus];

import { z } from 'zod';
import { view } from '../domain-types.ts';
import { limit } from '../events.ts';

const statuses = ['open', 'completed', 'failed'] as const;

/** Open as long as no event has ended it. */
const status = "COALESCE(outcome, 'open')";

const oneTask = view(
  '/views/tasks/:taskId',
  z.object({ taskId: z.string() }),
  async (sql, { taskId }) => {
    const [task] = await sql.rows(
      `SELECT task_id AS "taskId", agent, goal, ${status} AS status FROM tasks WHERE task_id = $1`,
      taskId,
    );
    if (!task) {
      return undefined;
    }
    // As they arrived: agents' clocks don't agree, the offsets of a partition do.
    const calls = await sql.rows(
      `SELECT c.call_id AS "callId", c.tool, c.arguments, c.ok, c.result,
              c.duration_ms AS "durationMs"
       FROM tool_calls c JOIN processed_events p ON p.event_id = c.first_event_id
       WHERE c.task_id = $1 ORDER BY p.processed_at, p.record_offset`,
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
  async (sql, parameters) => ({
    tasks: await sql.rows(
      `SELECT task_id AS "taskId", ${status} AS status, goal FROM tasks
       WHERE ${status} = COALESCE($1, ${status}) ORDER BY task_id LIMIT $2`,
      parameters.status ?? null,
      parameters.limit,
    ),
  }),
);

export const views = [oneTask, tasksByStatus];

import { z } from 'zod';
import { baseEvent, count, nonEmpty } from '../events.ts';

const task = { ...baseEvent, taskId: nonEmpty };

export const taskCreated = z.looseObject({
  ...task,
  eventType: z.literal('TaskCreated'),
  agent: nonEmpty,
  goal: z.string(),
});

export const toolCalled = z.looseObject({
  ...task,
  eventType: z.literal('ToolCalled'),
  callId: nonEmpty,
  tool: nonEmpty,
  arguments: z.record(z.string(), z.json()),
});

export const toolReturned = z.looseObject({
  ...task,
  eventType: z.literal('ToolReturned'),
  callId: nonEmpty,
  ok: z.boolean(),
  result: z.string(),
  durationMs: count,
});

export const taskCompleted = z.looseObject({
  ...task,
  eventType: z.literal('TaskCompleted'),
  summary: z.string(),
});

export const taskFailed = z.looseObject({
  ...task,
  eventType: z.literal('TaskFailed'),
  reason: z.string(),
});

export const taskEvent = z.discriminatedUnion('eventType', [
  taskCreated,
  toolCalled,
  toolReturned,
  taskCompleted,
  taskFailed,
]);

export type ToolCalled = z.output<typeof toolCalled>;
export type ToolReturned = z.output<typeof toolReturned>;
export type TaskEvent = z.output<typeof taskEvent>;

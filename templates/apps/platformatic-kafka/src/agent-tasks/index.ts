import type { Domain } from '../domain-types.ts';
import { derive } from './derive.ts';
import { taskEvent, type TaskEvent } from './events.ts';
import { sample } from './sample.ts';
import { apply, effects, tables } from './tables.ts';
import { views } from './views.ts';

/** Tasks of AI agents, and the tools they called. */
export const domain: Domain<TaskEvent> = {
  schema: taskEvent,
  keyOf: (event) => event.taskId,
  tables,
  apply,
  effects,
  views,
  derive,
  sample,
};

import type { DerivedEvent } from '../domain-types.ts';
import type { TaskEvent } from './events.ts';

/** One line of a task's diary. */
export function derive(event: TaskEvent): DerivedEvent {
  const { eventId, occurredAt, taskId } = event;
  return { eventId, eventType: 'TaskNoted', occurredAt, taskId, note: noteOf(event) };
}

function noteOf(event: TaskEvent): string {
  switch (event.eventType) {
    case 'TaskCreated':
      return `created: ${event.goal}`;
    case 'ToolCalled':
      return `called: ${event.tool}`;
    case 'ToolReturned':
      return `returned: ${event.ok ? 'ok' : 'error'}`;
    case 'TaskCompleted':
      return `completed: ${event.summary}`;
    case 'TaskFailed':
      return `failed: ${event.reason}`;
  }
}

import type { UseCase } from './use-case.ts';

export const agents: UseCase = {
  id: 'agents',
  title: 'AI-agent event backbone',
  summary: 'Tasks of agents, their tool calls and results, on a board that survives every restart.',
  domain: 'agent-tasks',
  topic: {
    name: 'agents.tasks.v1',
    key: 'taskId',
    keyReason: 'a tool returns after it was called, and a task ends after its last call',
    retentionDays: 14,
    cleanupPolicy: 'delete',
    contents: 'every step that an agent takes on a task',
  },
  producer: { name: 'agent-gateway', does: 'accepts what agents report about their tasks' },
  consumer: {
    name: 'task-board',
    does: 'shows each task with its tool calls and results',
    view: '/views/tasks',
  },
  load: { eventsPerSecond: 200, bytesPerEvent: 4_000, peakFactor: 4, consumers: 6 },
};

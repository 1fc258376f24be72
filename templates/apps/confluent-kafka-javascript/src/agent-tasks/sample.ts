import type { Scenario } from '../generating/scenario.ts';
import type { TaskEvent } from './events.ts';

const agents = ['researcher', 'support-triage', 'release-notes', 'data-quality', 'on-call'];
const goals = [
  'Summarise the open incidents of this week',
  'Find out why checkout latency went up',
  'Answer the customer about the late delivery',
  'Write release notes for the next version',
  'Check the nightly import for missing rows',
];
const tools = [
  { tool: 'search_documents', arguments: { query: 'runbook checkout', limit: 5 } },
  { tool: 'query_database', arguments: { sql: 'select count(*) from orders' } },
  { tool: 'read_metrics', arguments: { name: 'http_request_duration_seconds', minutes: 60 } },
  { tool: 'read_issue', arguments: { id: 4711 } },
  { tool: 'send_message', arguments: { channel: 'incidents' } },
];
const failures = ['timed out', 'permission denied', 'not found'];

interface OpenTask {
  taskId: string;
  callsLeft: number;
  pendingCall: string | undefined;
}

/** Several tasks at a time: some need one tool call, a few need many. */
export function* sample(scenario: Scenario): Iterable<TaskEvent> {
  const open: OpenTask[] = [];
  for (;;) {
    if (open.length < 3 || (open.length < 25 && scenario.chance(0.2))) {
      const taskId = scenario.code('task', 8);
      open.push({ taskId, callsLeft: callsNeeded(scenario), pendingCall: undefined });
      const agent = scenario.pickSkewed(agents);
      yield { ...scenario.event('TaskCreated'), taskId, agent, goal: scenario.pick(goals) };
      continue;
    }
    const task = scenario.pickSkewed(open);
    yield nextStep(scenario, task);
    if (task.callsLeft < 0) {
      open.splice(open.indexOf(task), 1);
    }
  }
}

function callsNeeded(scenario: Scenario): number {
  return scenario.chance(0.1) ? scenario.between(8, 20) : scenario.between(1, 4);
}

function nextStep(scenario: Scenario, task: OpenTask): TaskEvent {
  const { taskId, pendingCall: callId } = task;
  if (callId !== undefined) {
    task.pendingCall = undefined;
    const ok = scenario.chance(0.93);
    return {
      ...scenario.event('ToolReturned'),
      taskId,
      callId,
      ok,
      result: ok ? `${scenario.between(1, 40)} results` : scenario.pick(failures),
      durationMs: scenario.between(30, 9000),
    };
  }
  task.callsLeft -= 1;
  if (task.callsLeft >= 0) {
    task.pendingCall = scenario.code('call', 8);
    return {
      ...scenario.event('ToolCalled'),
      taskId,
      callId: task.pendingCall,
      ...scenario.pickSkewed(tools),
    };
  }
  return scenario.chance(0.9)
    ? { ...scenario.event('TaskCompleted'), taskId, summary: 'Done; the findings are attached.' }
    : { ...scenario.event('TaskFailed'), taskId, reason: scenario.pick(failures) };
}

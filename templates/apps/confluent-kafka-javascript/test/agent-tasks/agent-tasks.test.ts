import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TaskEvent } from '../../src/agent-tasks/events.ts';
import { domain } from '../../src/agent-tasks/index.ts';
import { decodeEvent } from '../../src/events.ts';
import { ask, consume } from '../support/apply.ts';
import { eventId } from '../support/notes.ts';
import { sqliteStore } from '../support/stores.ts';

const base = (number: number) => ({
  eventId: eventId(number),
  occurredAt: '2026-01-05T08:00:00.000Z',
  taskId: 'task-1',
});
const created: TaskEvent = {
  ...base(1),
  eventType: 'TaskCreated',
  agent: 'researcher',
  goal: 'Find it',
};
const called: TaskEvent = {
  ...base(2),
  eventType: 'ToolCalled',
  callId: 'call-1',
  tool: 'search',
  arguments: { query: 'it' },
};
const returned: TaskEvent = {
  ...base(3),
  eventType: 'ToolReturned',
  callId: 'call-1',
  ok: true,
  result: '3 results',
  durationMs: 120,
};
const completed: TaskEvent = { ...base(4), eventType: 'TaskCompleted', summary: 'Found it' };
const failed: TaskEvent = { ...base(5), taskId: 'task-2', eventType: 'TaskFailed', reason: 'no' };

const path = '/views/tasks/:taskId';
const one = { taskId: 'task-1' };

test('a task is shown with its calls, as its events tell it', async (context) => {
  const store = await sqliteStore(context, domain);
  await consume(store, domain, [created, called, returned, completed]);
  assert.equal(
    JSON.stringify(await ask(store, domain, path, one)),
    JSON.stringify({
      taskId: 'task-1',
      agent: 'researcher',
      goal: 'Find it',
      status: 'completed',
      calls: [
        {
          callId: 'call-1',
          tool: 'search',
          arguments: { query: 'it' },
          ok: true,
          result: '3 results',
          durationMs: 120,
        },
      ],
    }),
  );
});

test('a call that has not returned yet is open', async (context) => {
  const store = await sqliteStore(context, domain);
  await consume(store, domain, [created, called]);
  const task = (await ask(store, domain, path, one)) as { status: string; calls: object[] };
  assert.equal(task.status, 'open');
  assert.deepEqual(
    { ...task.calls[0] },
    {
      callId: 'call-1',
      tool: 'search',
      arguments: { query: 'it' },
      ok: null,
      result: null,
      durationMs: null,
    },
  );
});

test('a return whose call is gone is still shown', async (context) => {
  const store = await sqliteStore(context, domain);
  await consume(store, domain, [returned]);
  const task = (await ask(store, domain, path, one)) as { calls: Record<string, unknown>[] };
  const { tool, arguments: given, ok } = task.calls[0] ?? {};
  assert.deepEqual({ tool, given, ok }, { tool: null, given: null, ok: true });
});

test('tasks are listed by status', async (context) => {
  const store = await sqliteStore(context, domain);
  await consume(store, domain, [created, failed]);
  const listed = async (status: string) =>
    JSON.stringify(await ask(store, domain, '/views/tasks', { status }));
  assert.equal(
    await listed('open'),
    '{"tasks":[{"taskId":"task-1","status":"open","goal":"Find it"}]}',
  );
  assert.equal(
    await listed('failed'),
    '{"tasks":[{"taskId":"task-2","status":"failed","goal":null}]}',
  );
  assert.equal(await listed('completed'), '{"tasks":[]}');
});

test('a task nobody created is not there', async (context) => {
  const store = await sqliteStore(context, domain);
  assert.equal(await ask(store, domain, path, one), undefined);
});

test('arguments must be an object', () => {
  const event = { ...called, arguments: ['it'] };
  assert.equal(decodeEvent(Buffer.from(JSON.stringify(event)), domain).kind, 'rejected');
});

const noted: [TaskEvent, string][] = [
  [created, 'created: Find it'],
  [called, 'called: search'],
  [returned, 'returned: ok'],
  [{ ...returned, ok: false }, 'returned: error'],
  [completed, 'completed: Found it'],
  [failed, 'failed: no'],
];
for (const [event, text] of noted) {
  test(`the note of ${event.eventType} is "${text}"`, () => {
    const { eventId: id, occurredAt, taskId } = event;
    const note = { eventId: id, eventType: 'TaskNoted', occurredAt, taskId, note: text };
    assert.deepEqual(domain.derive(event), note);
  });
}

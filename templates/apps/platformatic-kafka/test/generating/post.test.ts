import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { generatedEvents, withDuplicates } from '../../src/generating/events.ts';
import { postEvents } from '../../src/generating/post.ts';
import { note, notes, type NoteTaken } from '../support/notes.ts';

test('exactly as many events as asked for are generated', () => {
  for (const count of [0, 1, 25]) {
    assert.equal([...generatedEvents(notes, 1, count)].length, count);
  }
});

test('duplicates come later, with the same id, and change nothing else', () => {
  const events = [...generatedEvents(notes, 7, 1000)];
  const all = [...withDuplicates(events, 7, 20)];
  assert.ok(all.length > 1150 && all.length < 1250, String(all.length));
  const firsts = all.filter((event, index) => all.indexOf(event) === index);
  assert.deepEqual(firsts, events);
  assert.deepEqual(all, [...withDuplicates(events, 7, 20)]);
});

test('every event is posted once, those of a key in order', async (context) => {
  const received: NoteTaken[] = [];
  const url = await producer(context, (event) => {
    received.push(event);
    return 202;
  });
  const events = [...generatedEvents(notes, 1, 300)];
  assert.deepEqual(await postEvents(events, { url, rate: 0, domain: notes }), {
    posted: 300,
    refused: 0,
  });
  assert.equal(received.length, 300);
  for (const author of ['ada', 'ben']) {
    const ids = (list: readonly object[]) =>
      (list as NoteTaken[]).filter((event) => event.author === author).map((e) => e.eventId);
    assert.deepEqual(ids(received), ids(events));
  }
});

test('a key that has to wait holds up no other one', async (context) => {
  const others = Promise.withResolvers<undefined>();
  const received: string[] = [];
  const url = await producer(context, async ({ author }) => {
    received.push(author);
    if (author === 'ben') {
      others.resolve(undefined);
    }
    await others.promise;
    return 202;
  });
  const events = ['ada', 'ada', 'ben'].map((author, number) => ({ ...note(number), author }));
  await postEvents(events, { url, rate: 0, domain: notes });
  assert.deepEqual(received.toSorted(), ['ada', 'ada', 'ben']);
  assert.ok(received.indexOf('ben') < 2);
});

test('connections are used again, also at a rate that timers are too slow for', async (context) => {
  let connections = 0;
  const url = await producer(
    context,
    () => 202,
    () => (connections += 1),
  );
  const events = [...generatedEvents(notes, 1, 400)];
  const startedAt = Date.now();
  await postEvents(events, { url, rate: 100_000, domain: notes });
  assert.ok(connections <= 2, `${connections} connections for two authors`);
  assert.ok(Date.now() - startedAt < 5000);
});

test('a producer that is busy is asked again', async (context) => {
  let busy = 2;
  const url = await producer(context, () => (busy-- > 0 ? 503 : 202));
  const { refused } = await postEvents([note(1)], { url, rate: 0, domain: notes });
  assert.equal(refused, 0);
});

test('events that are refused are counted', async (context) => {
  context.mock.method(console, 'error', () => undefined);
  const url = await producer(context, ({ text }) => (text === 'note 2' ? 422 : 202));
  const events = [note(1), note(2), note(3)];
  const { refused } = await postEvents(events, { url, rate: 0, domain: notes });
  assert.equal(refused, 1);
});

test('the rate is kept', async (context) => {
  const url = await producer(context, () => 202);
  const startedAt = Date.now();
  await postEvents([note(1), note(2), note(3), note(4)], { url, rate: 50, domain: notes });
  assert.ok(Date.now() - startedAt >= 55);
});

async function producer(
  context: TestContext,
  answer: (event: NoteTaken) => number | Promise<number>,
  onConnection: () => void = () => undefined,
) {
  const server = createServer((request, response) => {
    void body(request).then(async (text) => {
      response.writeHead(await answer(JSON.parse(text) as NoteTaken)).end();
    });
  }).listen(0, '127.0.0.1');
  server.on('connection', onConnection);
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function body(request: IncomingMessage): Promise<string> {
  return (await request.setEncoding('utf8').toArray()).join('');
}

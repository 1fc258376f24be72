import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

const services = ['producer', 'consumer', 'transformer'] as const;

const connection = {
  KAFKA_BOOTSTRAP_SERVERS: '127.0.0.1:1',
  KAFKA_TOPIC: 'events',
  KAFKA_GROUP_ID: 'readers',
  KAFKA_DEAD_LETTER_TOPIC: 'events.dlq',
  KAFKA_OUTPUT_TOPIC: 'events.derived',
  KAFKA_TRANSACTIONAL_ID: 'deriver-1',
};

for (const service of services) {
  test(`${service}: without its settings it exits with 2 and names them`, async () => {
    const { exited, output } = run(service, {});
    assert.equal(await exited, 2);
    assert.match(output(), /"level":"error".*KAFKA_BOOTSTRAP_SERVERS is required/);
  });

  test(`${service}: without brokers it lives, is not ready, and stops with 0`, async (context) => {
    const { process, exited, output, url } = await runWithoutBrokers(service, context);
    const live = await answer(`${url}/health/live`);
    assert.equal(live.status, 200);
    const ready = await answer(`${url}/health/ready`);
    assert.equal(ready.status, 503);
    const body = (await ready.json()) as { status: string; reasons: string[] };
    assert.equal(body.status, 'not ready');
    assert.notEqual(body.reasons.length, 0);
    const metrics = await answer(`${url}/metrics`);
    assert.match(metrics.headers.get('content-type') ?? '', /^text\/plain/);

    process.kill('SIGTERM');
    assert.equal(await exited, 0, output());
    for (const line of output().trim().split('\n')) {
      assert.equal((JSON.parse(line) as { service: string }).service, service);
    }
  });
}

test('producer: an event that finds no broker in time is answered with 503', async (context) => {
  const { process, exited, url } = await runWithoutBrokers('producer', context);
  await answer(`${url}/health/live`);
  const { stdout } = runGenerator(['--print', '--count', '1']);
  const event = (await stdout).trim();
  const response = await fetch(`${url}/events`, { method: 'POST', body: event });
  assert.equal(response.status, 503);
  assert.equal(response.headers.get('retry-after'), '1');
  process.kill('SIGINT');
  assert.equal(await exited, 0);
});

for (const args of [
  ['--limt', '1'],
  ['--limit', '0'],
]) {
  test(`replay: ${args.join(' ')} exits with 2 and says how to call it`, async () => {
    const { exited, output } = run('replay', connection, args);
    assert.equal(await exited, 2);
    assert.match(output(), /usage/);
  });
}

test('generate: the same seed prints the same events, another seed others', async () => {
  const print = (seed: string) => runGenerator(['--print', '--count', '20', '--seed', seed]).stdout;
  const first = await print('7');
  assert.equal(first.trim().split('\n').length, 20);
  assert.equal(await print('7'), first);
  assert.notEqual(await print('8'), first);
});

test('generate: a wrong option exits with 2 and says how to call it', async () => {
  const { exited, stderr } = runGenerator(['--cuont', '1']);
  assert.equal(await exited, 2);
  assert.match(stderr(), /usage/);
});

type Part = (typeof services)[number] | 'replay';

function run(part: Part, environment: Record<string, string>, args: string[] = []) {
  const { PATH, NODE_V8_COVERAGE } = process.env;
  const child = spawn(process.execPath, [`src/${part}.ts`, ...args], {
    env: { PATH, ...(NODE_V8_COVERAGE && { NODE_V8_COVERAGE }), ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const exited = once(child, 'close').then(([code]) => code as number);
  return { process: child, exited, output: () => text };
}

async function runWithoutBrokers(service: (typeof services)[number], context: TestContext) {
  const directory = mkdtempSync(join(tmpdir(), 'platform-app-'));
  const port = await freePort();
  const running = run(service, {
    ...connection,
    HTTP_PORT: String(port),
    KAFKA_BOOTSTRAP_SERVERS: `127.0.0.1:${await freePort()}`,
    KAFKA_DELIVERY_TIMEOUT_MS: '300',
    SHUTDOWN_TIMEOUT_MS: '5000',
    DATABASE_URL: `sqlite:///${join(directory, 'store.db')}`,
  });
  context.after(() => {
    running.process.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  });
  return { ...running, url: `http://127.0.0.1:${port}` };
}

function runGenerator(args: string[]) {
  const child = spawn(process.execPath, ['src/generate.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const exited = once(child, 'close').then(([code]) => code as number);
  return { exited, stdout: exited.then(() => output), stderr: () => errors };
}

/** Asks until the service listens. */
async function answer(url: string): Promise<Response> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await fetch(url);
    } catch (error) {
      if (attempt === 400) {
        throw error;
      }
      await sleep(50);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The server without a cluster: what it publishes, what it says when nothing answers, what it survives. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { type Session, session } from './server.ts';

const tokensOf = (value: unknown) => encode(JSON.stringify(value)).length;

describe('what it publishes', () => {
  let open: Session;
  before(async () => {
    open = await session({});
  });
  after(() => open.close());

  test('all tools cost a model at most 300 tokens each', async () => {
    const { tools } = await open.client.listTools();
    assert.ok(tools.length >= 2);
    const cost = tokensOf({ tools });
    assert.ok(cost <= 300 * tools.length, `${cost} tokens for ${tools.length} tools`);
  });

  test('its instructions are at most 100 tokens', () => {
    const cost = encode(open.client.getInstructions() ?? '').length;
    assert.ok(cost > 0 && cost <= 100, `${cost} tokens`);
  });

  test('each tool says what it takes, what it gives and that it changes nothing', async () => {
    for (const tool of (await open.client.listTools()).tools) {
      assert.equal(tool.inputSchema.type, 'object');
      assert.equal(tool.outputSchema?.type, 'object');
      assert.equal(tool.annotations?.readOnlyHint, true, tool.name);
    }
  });

  test('without settings, each tool says which', async () => {
    const { text, isError } = await open.call('cluster_health');
    assert.ok(isError);
    assert.match(text, /^invalid: .*KAFKA_BOOTSTRAP_SERVERS/);
  });

  test('arguments that it does not know are refused by name', async () => {
    const answer = await open.call('cluster_health', { cluster: 'prod' });
    assert.ok(answer.isError);
    assert.match(answer.text, /cluster/);
  });
});

describe('nobody answers', () => {
  let silent: Server;
  let port: number;
  before(async () => {
    silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    port = (silent.address() as { port: number }).port;
  });
  after(() => silent.close());

  for (const tool of ['cluster_health', 'consumer_groups']) {
    test(`${tool}: a host that is silent is a time-out, and one that is dead unreachable, in 5 s`, async () => {
      for (const [servers, kind] of [
        [`127.0.0.1:${port}`, 'timeout'],
        [`127.0.0.1:${port},127.0.0.1:${port}`, 'timeout'],
        ['127.0.0.1:1', 'unreachable'],
        ['no-such-host.invalid:9092', 'unreachable'],
      ] as const) {
        const open = await session({ KAFKA_BOOTSTRAP_SERVERS: servers });
        try {
          const start = performance.now();
          const { text, isError } = await open.call(tool);
          assert.ok(isError);
          assert.match(text, new RegExp(`^${kind}: .*Next: `), servers);
          assert.ok(performance.now() - start < 5000, servers);
          assert.ok(encode(text).length < 120, text);
        } finally {
          await open.close();
        }
      }
    });
  }

  test('a password is in no answer', async () => {
    const open = await session({
      KAFKA_BOOTSTRAP_SERVERS: `127.0.0.1:${port}`,
      KAFKA_SECURITY_PROTOCOL: 'SASL_PLAINTEXT',
      KAFKA_SASL_MECHANISM: 'PLAIN',
      KAFKA_SASL_USERNAME: 'ann',
      KAFKA_SASL_PASSWORD: 'hunter2-never-said',
    });
    try {
      const { text, isError } = await open.call('cluster_health');
      assert.ok(isError);
      assert.doesNotMatch(text, /hunter2/);
    } finally {
      await open.close();
    }
  });
});

test('what is no protocol is survived, and the next good request answered', async () => {
  const server = spawn(
    process.execPath,
    [join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts'), 'mcp'],
    { stdio: ['pipe', 'pipe', 'ignore'], env: { PATH: process.env.PATH } },
  );
  let out = '';
  server.stdout.on('data', (chunk) => {
    out += chunk;
  });
  const say = (line: string) => server.stdin.write(`${line}\n`);
  const initialize = {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 't', version: '1' },
    },
  };
  say(JSON.stringify(initialize));
  say(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }));
  for (const line of hostile()) say(line);
  say(JSON.stringify({ jsonrpc: '2.0', id: 'last', method: 'tools/list' }));
  const deadline = Date.now() + 60_000;
  while (!out.includes('"id":"last"') && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 50));
  server.stdin.end();
  const [code] = await once(server, 'exit');
  assert.equal(code, 0);
  const lines = out.trim().split('\n');
  const last = JSON.parse(lines.find((line) => line.includes('"id":"last"')) ?? '{}') as {
    result: { tools: unknown[] };
  };
  assert.ok(last.result.tools.length >= 2);
  for (const line of lines) assert.equal((JSON.parse(line) as { jsonrpc: string }).jsonrpc, '2.0');
});

function* hostile(): Generator<string> {
  yield 'not json';
  yield '{"jsonrpc":"2.0"';
  yield '[]';
  yield 'null';
  yield '"\u0000"';
  yield `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  yield JSON.stringify({ jsonrpc: '1.0', id: 3, method: 'tools/list' });
  yield JSON.stringify({ jsonrpc: '2.0', id: 4, method: 'no/such' });
  yield JSON.stringify({ jsonrpc: '2.0', id: 5, method: 'tools/call', params: { name: 7 } });
  yield JSON.stringify({
    jsonrpc: '2.0',
    id: 6,
    method: 'tools/call',
    params: { name: 'consumer_groups', arguments: { group: 'x'.repeat(9_000_000) } },
  });
  yield JSON.stringify({ jsonrpc: '2.0', id: 99, result: {} });
  const good = JSON.stringify({
    jsonrpc: '2.0',
    id: 7,
    method: 'tools/call',
    params: { name: 'cluster_health', arguments: { detail: true } },
  });
  // The same ten thousand each time: a byte of a good message is another one, or it ends early.
  for (let seed = 1; seed <= 10_000; seed++) {
    const at = (seed * 7919) % good.length;
    const byte = String.fromCharCode(32 + ((seed * 104_729) % 95));
    yield seed % 3 === 0 ? good.slice(0, at) : good.slice(0, at) + byte + good.slice(at + 1);
  }
}

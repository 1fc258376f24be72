/** schema_validate against a registry: a small server that speaks Confluent's documented API. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { type Session, session } from './server.ts';

const record = (...fields: readonly object[]) =>
  JSON.stringify({ type: 'record', name: 'Order', namespace: 'shop', fields });
const id = { name: 'id', type: 'string' };
const total = { name: 'total', type: 'Money' };
const money =
  '{"type": "record", "name": "shop.Money", "fields": [{"name": "cents", "type": "Cents"}]}';
const cents = '{"type": "fixed", "name": "shop.Cents", "size": 8}';
const usesMoney = [{ name: 'shop.Money', subject: 'money', version: 1 }];
const usesCents = [{ name: 'shop.Cents', subject: 'cents', version: 3 }];

const answers: Readonly<Record<string, readonly [number, unknown]>> = {
  '/subjects/orders-value/versions': [200, [2, 1, 10]],
  '/subjects/orders-value/versions/1': [200, { schema: record(id, { name: 'a', type: 'int' }) }],
  '/subjects/orders-value/versions/2': [200, { schema: record(id), schemaType: 'AVRO' }],
  '/subjects/orders-value/versions/10': [
    200,
    {
      subject: 'orders-value',
      version: 10,
      id: 7,
      schema: record(id, total),
      references: usesMoney,
    },
  ],
  '/subjects/money/versions/1': [200, { schema: money, references: usesCents }],
  '/subjects/cents/versions/3': [200, { schema: cents, references: usesMoney }],
  '/config/orders-value?defaultToGlobal=true': [200, { compatibilityLevel: 'FULL' }],
  '/subjects/a%2F..%2Fb/versions': [200, [1]],
  '/subjects/a%2F..%2Fb/versions/1': [200, { schema: 'message A {}', schemaType: 'PROTOBUF' }],
  '/config': [200, { compatibilityLevel: 'NONE' }],
  '/subjects/secret/versions': [401, { error_code: 401, message: 'Unauthorized' }],
  '/subjects/broken/versions': [500, { error_code: 50001, message: 'x'.repeat(9_000) }],
  '/subjects/html/versions': [200, '<html>'],
  '/config/secret?defaultToGlobal=true': [200, { compatibilityLevel: 'BACKWARD' }],
  '/config/broken?defaultToGlobal=true': [200, { compatibilityLevel: 'BACKWARD' }],
  '/config/html?defaultToGlobal=true': [200, { compatibilityLevel: 'BACKWARD' }],
  '/config/moved?defaultToGlobal=true': [200, { compatibilityLevel: 'BACKWARD' }],
  '/config/silent?defaultToGlobal=true': [200, { compatibilityLevel: 'BACKWARD' }],
  '/config/endless?defaultToGlobal=true': [200, { compatibilityLevel: 'BACKWARD' }],
};

let registry: Server;
let url: string;
let open: Session;
const heard: { path: string; authorization: string | undefined }[] = [];
const call = (subject: string, more: Record<string, unknown> = {}) =>
  open.call('schema_validate', {
    schema: record(id, total),
    against: [`subject:${subject}`],
    ...more,
  });

function reply(path: string, response: ServerResponse): void {
  if (path === '/subjects/silent/versions') return;
  if (path === '/subjects/moved/versions') {
    response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    return;
  }
  if (path === '/subjects/endless/versions') {
    response.write('['.repeat(5_000_000));
    return;
  }
  const [status, body] = answers[path] ?? [404, { error_code: 40401, message: 'not found' }];
  response.writeHead(status, { 'content-type': 'application/vnd.schemaregistry.v1+json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

before(async () => {
  registry = createServer(({ url: path = '', headers }, response) => {
    heard.push({ path, authorization: headers.authorization });
    reply(path.replace(/^\/api/, ''), response);
  }).listen(0, '127.0.0.1');
  await once(registry, 'listening');
  url = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/api/`;
  open = await session({
    SCHEMA_REGISTRY_URL: url,
    SCHEMA_REGISTRY_BASIC_AUTH_USER_INFO: 'ann:hunter2',
  });
});
after(async () => {
  await open.close();
  registry.closeAllConnections();
  registry.close();
});

describe('a subject of a registry', () => {
  test('its last version, its level and its references decide', async () => {
    heard.length = 0;
    const { structured } = await call('orders-value');
    assert.deepEqual(
      [structured?.valid, structured?.compatible, structured?.mode, structured?.versions],
      [true, true, 'FULL', 1],
    );
    assert.deepEqual(
      heard.map(({ path }) => path.replace('/api', '')),
      [
        '/config/orders-value?defaultToGlobal=true',
        '/subjects/orders-value/versions',
        '/subjects/orders-value/versions/10',
        '/subjects/money/versions/1',
        '/subjects/cents/versions/3',
      ],
    );
    const basic = `Basic ${Buffer.from('ann:hunter2').toString('base64')}`;
    assert.ok(heard.every(({ authorization }) => authorization === basic));
  });

  test('a transitive mode asks for all of them, the oldest first', async () => {
    const { structured } = await call('orders-value', { mode: 'FORWARD_TRANSITIVE' });
    assert.equal(structured?.versions, 3);
    assert.deepEqual(
      (structured?.breaks as { path: string; version: number }[] | undefined)?.map(
        ({ path, version }) => [path, version],
      ),
      [['/fields/1', 1]],
    );
  });

  test('where the subject has no level, the one of all counts; its name is no way', async () => {
    const { structured } = await call('a/../b', { schema: 'message A {}', format: 'protobuf' });
    assert.deepEqual([structured?.compatible, structured?.mode], [true, 'NONE']);
    const other = await call('a/../b');
    assert.match(other.text, /^invalid: The subject holds protobuf, the schema is avro\./);
  });

  test('errors have a kind, say what to do, are short and come in 5 s', async () => {
    for (const [subject, kind] of [
      ['gone', 'not-found'],
      ['secret', 'unauthorised'],
      ['broken', 'unreachable'],
      ['html', 'unsupported'],
      ['moved', 'unreachable'],
      ['endless', 'unreachable'],
      ['silent', 'timeout'],
    ] as const) {
      const start = performance.now();
      const { text, isError } = await call(subject);
      assert.ok(isError, subject);
      assert.match(text, new RegExp(`^${kind}: .*Next: `), subject);
      assert.ok(performance.now() - start < 5_000, subject);
      assert.ok(encode(text).length < 120, text);
      assert.doesNotMatch(text, /hunter2|ann/);
    }
  });
});

test('nobody there, and nothing said about where', async () => {
  for (const [env, says] of [
    [{ SCHEMA_REGISTRY_URL: 'http://127.0.0.1:1' }, /^unreachable: .*Next: /],
    [{ SCHEMA_REGISTRY_URL: 'file:///etc/passwd' }, /^invalid: SCHEMA_REGISTRY_URL is no address/],
    [{}, /^invalid: Nothing says where the registry is.*SCHEMA_REGISTRY_URL/],
  ] as const) {
    const other = await session(env);
    try {
      const { text, isError } = await other.call('schema_validate', {
        schema: '"int"',
        against: ['subject:a'],
      });
      assert.ok(isError);
      assert.match(text, says);
    } finally {
      await other.close();
    }
  }
});

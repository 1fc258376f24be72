import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { OAuthTokens, TokenRefused } from '../../src/kafka/oauth-tokens.ts';

test('a token is asked for with the client credentials', async (context) => {
  const { tokens, requests } = await endpoint(context, () => token('first', 300));
  const { value, expiresAt } = await tokens.token();
  assert.equal(value, 'first');
  assert.ok(expiresAt > Date.now() + 290_000);
  assert.deepEqual(requests, [
    { authorization: 'app%3A1:s%20cret', body: 'grant_type=client_credentials&scope=kafka' },
  ]);
});

test('one token serves all connections as long as it holds', async (context) => {
  const { tokens, requests } = await endpoint(context, (count) => token(`token ${count}`, 0.2));
  const values = await Promise.all([tokens.token(), tokens.token(), tokens.token()]);
  assert.deepEqual(
    values.map(({ value }) => value),
    ['token 1', 'token 1', 'token 1'],
  );
  await sleep(250);
  assert.equal((await tokens.token()).value, 'token 2');
  assert.equal(requests.length, 2);
});

test('an endpoint that refuses the client has refused for good', async (context) => {
  const refusal = { status: 401, body: { error: 'invalid_client' } };
  const { tokens } = await endpoint(context, () => refusal);
  await assert.rejects(tokens.token(), (error) => {
    return error instanceof TokenRefused && error.message.includes('invalid_client');
  });
});

test('an endpoint that is away for a while is asked again', async (context) => {
  const answers = [{ status: 503, body: {} }, token('late', 300)];
  const { tokens } = await endpoint(context, () => answers.shift() ?? token('more', 300));
  await assert.rejects(tokens.token(), (error) => !(error instanceof TokenRefused));
  assert.equal((await tokens.token()).value, 'late');
});

interface Answer {
  status: number;
  body: object;
}

function token(value: string, seconds: number): Answer {
  return { status: 200, body: { access_token: value, expires_in: seconds } };
}

async function endpoint(context: TestContext, answer: (count: number) => Answer) {
  const requests: { authorization: string; body: string }[] = [];
  const server = createServer((request, response) => {
    void request
      .setEncoding('utf8')
      .toArray()
      .then((chunks) => {
        const credentials = request.headers.authorization?.replace('Basic ', '') ?? '';
        const authorization = Buffer.from(credentials, 'base64').toString();
        requests.push({ authorization, body: chunks.join('') });
        const { status, body } = answer(requests.length);
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      });
  }).listen(0, '127.0.0.1');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const tokens = new OAuthTokens({
    tokenUrl: `http://127.0.0.1:${port}/token`,
    id: 'app:1',
    secret: 's cret',
    scope: 'kafka',
  });
  return { tokens, requests };
}

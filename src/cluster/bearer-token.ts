import { readFileSync } from 'node:fs';

/** Where a token for SASL/OAUTHBEARER comes from: a file, or an endpoint and the client's own secret (RFC 6749, 4.4). */
export type TokenSource =
  | { readonly file: string }
  | {
      readonly endpoint: string;
      readonly clientId: string;
      readonly clientSecret: string;
      readonly scope?: string;
    };

/** Asked anew for each login: a token may have been renewed since. */
export async function bearerToken(source: TokenSource): Promise<string> {
  if ('file' in source) return readFileSync(source.file, 'utf8').trim();
  const { endpoint, clientId, clientSecret, scope } = source;
  const login = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      authorization: `Basic ${login}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      ...(scope === undefined ? {} : { scope }),
    }).toString(),
    signal: AbortSignal.timeout(3000),
  });
  if (!response.ok) throw new Error(`the token endpoint answered ${response.status}`);
  const { access_token: token } = (await response.json()) as { access_token?: unknown };
  if (typeof token !== 'string') throw new Error('the token endpoint gave no access_token');
  return token;
}

import type { OAuthClient } from '../service/connection-settings.ts';

/** The token endpoint knows the client and says no, or doesn't know it. */
export class TokenRefused extends Error {
  override name = 'TokenRefused';
}

export interface AccessToken {
  value: string;
  expiresAt: number;
}

const TIMEOUT_MS = 10_000;

/** Used when the endpoint doesn't say how long a token holds, as RFC 6749 allows. */
const DEFAULT_LIFETIME_S = 300;

/** A token that is nearly over would end the connection that was just made with it. */
const USED_SHARE = 0.8;

/** Access tokens by client credentials (RFC 6749, 4.4), one for all connections as long as it holds. */
export class OAuthTokens {
  readonly #client: OAuthClient;
  #current: Promise<AccessToken> | undefined;

  constructor(client: OAuthClient) {
    this.#client = client;
  }

  /** Throws TokenRefused when the endpoint doesn't accept the client, other errors when it is away. */
  token(): Promise<AccessToken> {
    this.#current ??= this.#request();
    return this.#current;
  }

  async #request(): Promise<AccessToken> {
    try {
      const { value, lifetimeMs } = await requestToken(this.#client);
      setTimeout(() => {
        this.#current = undefined;
      }, lifetimeMs * USED_SHARE).unref();
      return { value, expiresAt: Date.now() + lifetimeMs };
    } catch (error) {
      this.#current = undefined;
      throw error;
    }
  }
}

async function requestToken({ tokenUrl, id, secret, scope }: OAuthClient) {
  const credentials = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`;
  const response = await fetch(tokenUrl, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
      accept: 'application/json',
    },
    body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope && { scope }) }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const answer = (await response.json().catch(() => ({}))) as {
    access_token?: string;
    expires_in?: number;
    error?: string;
  };
  // 400 and 401 are the endpoint's word about the client (RFC 6749, 5.2); 429 and 5xx pass.
  if (response.status === 400 || response.status === 401 || response.status === 403) {
    throw new TokenRefused(
      `The token endpoint refused the client: ${answer.error ?? `HTTP ${response.status}`}`,
    );
  }
  if (!response.ok || !answer.access_token) {
    throw new Error(`The token endpoint gave no token: HTTP ${response.status}`);
  }
  const lifetimeMs = (answer.expires_in ?? DEFAULT_LIFETIME_S) * 1000;
  return { value: answer.access_token, lifetimeMs };
}

import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { required, SettingsError } from './variables.ts';

export type Security =
  | { kind: 'plaintext' }
  | { kind: 'scram'; ca: string; username: string; password: string }
  | { kind: 'oauth'; ca: string; client: OAuthClient }
  | { kind: 'mtls'; ca: string; certificate: string; key: string };

/** Client credentials at an OIDC token endpoint. */
export interface OAuthClient {
  tokenUrl: string;
  id: string;
  secret: string;
  scope: string | undefined;
}

export interface ConnectionSettings {
  clientId: string;
  bootstrapServers: string[];
  security: Security;
}

const hostPort = z.string().regex(/^[^\s:,]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/, {
  error: 'must be a list of host:port, separated by commas',
});

/** What every part needs to reach the brokers. */
export const connectionVariables = {
  KAFKA_BOOTSTRAP_SERVERS: required
    .transform((list) => list.split(',').map((server) => server.trim()))
    .pipe(z.array(hostPort)),
  KAFKA_SECURITY_PROTOCOL: z.enum(['PLAINTEXT', 'SASL_SSL', 'SSL']).default('PLAINTEXT'),
  KAFKA_SASL_MECHANISM: z.enum(['SCRAM-SHA-512', 'OAUTHBEARER']).default('SCRAM-SHA-512'),
  KAFKA_SASL_USERNAME: z.string().optional(),
  KAFKA_SASL_PASSWORD: z.string().optional(),
  KAFKA_OAUTH_TOKEN_URL: z.url({ protocol: /^https?$/, error: 'must be a URL' }).optional(),
  KAFKA_OAUTH_CLIENT_ID: z.string().optional(),
  KAFKA_OAUTH_CLIENT_SECRET: z.string().optional(),
  KAFKA_OAUTH_SCOPE: z.string().optional(),
  KAFKA_SSL_CA_FILE: z.string().optional(),
  KAFKA_SSL_CERTIFICATE_FILE: z.string().optional(),
  KAFKA_SSL_KEY_FILE: z.string().optional(),
};

type ConnectionVariables = z.output<z.ZodObject<typeof connectionVariables>>;

export function connectionSettings(
  clientId: string,
  variables: ConnectionVariables,
): ConnectionSettings {
  const bootstrapServers = variables.KAFKA_BOOTSTRAP_SERVERS;
  return { clientId, bootstrapServers, security: security(variables) };
}

function security(variables: ConnectionVariables): Security {
  switch (variables.KAFKA_SECURITY_PROTOCOL) {
    case 'PLAINTEXT':
      return { kind: 'plaintext' };
    case 'SSL':
      return {
        kind: 'mtls',
        ca: certificate(variables, 'KAFKA_SSL_CA_FILE'),
        certificate: certificate(variables, 'KAFKA_SSL_CERTIFICATE_FILE'),
        key: privateKey(variables, 'KAFKA_SSL_KEY_FILE'),
      };
    case 'SASL_SSL':
      return variables.KAFKA_SASL_MECHANISM === 'OAUTHBEARER' ? oauth(variables) : scram(variables);
  }
}

function scram(variables: ConnectionVariables): Security {
  return {
    kind: 'scram',
    ca: certificate(variables, 'KAFKA_SSL_CA_FILE'),
    username: needed(variables, 'KAFKA_SASL_USERNAME'),
    password: needed(variables, 'KAFKA_SASL_PASSWORD'),
  };
}

function oauth(variables: ConnectionVariables): Security {
  return {
    kind: 'oauth',
    ca: certificate(variables, 'KAFKA_SSL_CA_FILE'),
    client: {
      tokenUrl: needed(variables, 'KAFKA_OAUTH_TOKEN_URL'),
      id: needed(variables, 'KAFKA_OAUTH_CLIENT_ID'),
      secret: needed(variables, 'KAFKA_OAUTH_CLIENT_SECRET'),
      scope: variables.KAFKA_OAUTH_SCOPE,
    },
  };
}

type OptionalVariable = Exclude<
  keyof ConnectionVariables,
  'KAFKA_BOOTSTRAP_SERVERS' | 'KAFKA_SECURITY_PROTOCOL' | 'KAFKA_SASL_MECHANISM'
>;

function needed(variables: ConnectionVariables, name: OptionalVariable): string {
  const value = variables[name];
  if (value === undefined) {
    const { KAFKA_SECURITY_PROTOCOL: protocol, KAFKA_SASL_MECHANISM: mechanism } = variables;
    const choice = protocol === 'SASL_SSL' ? `SASL_SSL and ${mechanism}` : protocol;
    throw new SettingsError(`${name} is required with ${choice}`);
  }
  return value;
}

function certificate(variables: ConnectionVariables, name: OptionalVariable): string {
  return pemFile(variables, name, (pem) => new X509Certificate(pem));
}

function privateKey(variables: ConnectionVariables, name: OptionalVariable): string {
  return pemFile(variables, name, createPrivateKey);
}

/** A file that can't be read or isn't what it should be is told now, not by a failing handshake. */
function pemFile(
  variables: ConnectionVariables,
  name: OptionalVariable,
  check: (pem: string) => unknown,
): string {
  const file = needed(variables, name);
  try {
    const pem = readFileSync(file, 'utf8');
    check(pem);
    return pem;
  } catch (error) {
    throw new SettingsError(`${name} can't be used: ${(error as Error).message}`);
  }
}

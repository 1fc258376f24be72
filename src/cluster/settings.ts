import { readFileSync } from 'node:fs';
import { propertyLines } from '../files/formats/properties.ts';
import type { ClusterAccess, Pem, Sasl, Tls } from './connect.ts';
import { ClusterTrouble } from './trouble.ts';

/** Where the settings of a client come from: as of Kafka's own tools, and the environment. */
export type SettingsSource = {
  /** As `--bootstrap-server`. */
  readonly bootstrapServers?: string | undefined;
  /** A file of Kafka's client properties, as `--command-config`. */
  readonly file?: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
};

const keys = [
  'bootstrap.servers',
  'security.protocol',
  'sasl.mechanism',
  'sasl.jaas.config',
  'sasl.username',
  'sasl.password',
  'sasl.oauthbearer.token.endpoint.url',
  'sasl.oauthbearer.client.credentials.client.id',
  'sasl.oauthbearer.client.credentials.client.secret',
  'sasl.oauthbearer.scope',
  'ssl.truststore.location',
  'ssl.truststore.certificates',
  'ssl.keystore.location',
  'ssl.keystore.certificate.chain',
  'ssl.keystore.key',
  'ssl.key.password',
  'ssl.endpoint.identification.algorithm',
] as const;
type Key = (typeof keys)[number];

/** As the images of Kafka name them: `KAFKA_SASL_JAAS_CONFIG`. */
const variableOf = (key: string): string => `KAFKA_${key.toUpperCase().replaceAll('.', '_')}`;

type Settings = Readonly<Partial<Record<Key, string>>>;

/** Flags before the environment, the environment before the file. */
export function clusterAccess(source: SettingsSource): ClusterAccess {
  const file = source.file ?? source.env.KAFKA_COMMAND_CONFIG;
  const settings: Settings = {
    ...(file ? ofFile(file, source.env) : {}),
    ...ofEnvironment(source.env),
    ...(source.bootstrapServers ? { 'bootstrap.servers': source.bootstrapServers } : {}),
  };
  const protocol = protocolOf(settings);
  return {
    bootstrap: bootstrapOf(settings),
    ...(protocol.endsWith('SSL') ? { tls: tlsOf(settings) } : {}),
    ...(protocol.startsWith('SASL') ? { sasl: saslOf(settings) } : {}),
  };
}

function ofEnvironment(env: SettingsSource['env']): Settings {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = env[variableOf(key)];
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

function ofFile(file: string, env: SettingsSource['env']): Settings {
  const lines = propertyLines(textOf(file, '--command-config'));
  const providers = lines.findLast(({ key }) => key === 'config.providers')?.value.split(',') ?? [];
  const known = new Set<string>(keys);
  return Object.fromEntries(
    lines
      .filter(({ key }) => known.has(key))
      .map(({ key, value }) => [key, resolved(value, key, providers, env)]),
  );
}

/** `${env:NAME}`, where the file says that a provider of this name is used (KIP-421). */
const resolved = (
  value: string,
  key: string,
  providers: readonly string[],
  env: SettingsSource['env'],
): string =>
  value.replaceAll(/\$\{([\w-]+):([^}]*)\}/g, (whole, provider: string, name: string) => {
    if (!providers.includes(provider)) return whole;
    const found = provider === 'env' ? env[name] : undefined;
    if (found !== undefined) return found;
    throw invalid(
      provider === 'env'
        ? `${key} asks for ${name} of the environment, which is not set.`
        : `${key} asks for the provider ${provider}; krafter knows env only.`,
      key,
      provider === 'env' ? `Set ${name}.` : `Write it as \${env:NAME}, with config.providers=env.`,
    );
  });

function bootstrapOf(settings: Settings): string[] {
  const servers = (settings['bootstrap.servers'] ?? '')
    .split(',')
    .map((server) => server.trim())
    .filter(Boolean);
  if (servers.length === 0)
    throw invalid(
      'It is not said where the brokers are.',
      'bootstrap.servers',
      `Set ${variableOf('bootstrap.servers')}=host:port, or give --bootstrap-server.`,
    );
  const wrong = servers.find((server) => !/^(\[[\da-f:.]+\]|[^\s:/[\]]+):\d{1,5}$/i.test(server));
  if (wrong !== undefined)
    throw invalid(
      'A bootstrap server is no host:port.',
      'bootstrap.servers',
      'Write them as broker-1:9092,broker-2:9092, without a scheme.',
    );
  return servers;
}

const protocols = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'] as const;

function protocolOf(settings: Settings): (typeof protocols)[number] {
  const given = (settings['security.protocol'] ?? 'PLAINTEXT').toUpperCase();
  const found = protocols.find((protocol) => protocol === given);
  if (found) return found;
  throw invalid(
    'The security protocol is unknown.',
    'security.protocol',
    `Set it to ${protocols.join(', ')}.`,
  );
}

/** PEM only: what Java keeps in stores of its own can be exported as it (KIP-651). */
function tlsOf(settings: Settings): Tls {
  const keyStore = pemOf(settings['ssl.keystore.location'], undefined, 'ssl.keystore.location');
  const certificate =
    keyStore ?? pemOf(undefined, settings['ssl.keystore.certificate.chain'], 'ssl.keystore');
  const key = keyStore ?? pemOf(undefined, settings['ssl.keystore.key'], 'ssl.keystore.key');
  const ca = pemOf(
    settings['ssl.truststore.location'],
    settings['ssl.truststore.certificates'],
    'ssl.truststore.location',
  );
  const keyPassword = settings['ssl.key.password'];
  return {
    ...(ca ? { ca } : {}),
    ...(certificate ? { certificate } : {}),
    ...(key ? { key } : {}),
    ...(keyPassword === undefined ? {} : { keyPassword }),
    // Kafka's own way to say it: an empty value (KIP-294).
    ...(settings['ssl.endpoint.identification.algorithm'] === '' ? { anyName: true as const } : {}),
  };
}

function pemOf(file: string | undefined, text: string | undefined, key: string): Pem | undefined {
  if (file !== undefined) {
    if (!/-----BEGIN /.test(textOf(file, key)))
      throw new ClusterTrouble('unsupported', {
        what: 'A store of Java can not be read.',
        where: key,
        why: 'krafter reads PEM, as Kafka does since 2.7.',
        next: `Export it with keytool or openssl, and set ${key.replace('location', 'type')}=PEM.`,
      });
    return { file };
  }
  return text === undefined ? undefined : { text };
}

function saslOf(settings: Settings): Sasl {
  const mechanism = settings['sasl.mechanism'] ?? 'GSSAPI';
  const jaas = jaasOptions(settings['sasl.jaas.config'] ?? '');
  switch (mechanism) {
    case 'PLAIN':
    case 'SCRAM-SHA-256':
    case 'SCRAM-SHA-512': {
      const username = jaas.get('username') ?? settings['sasl.username'];
      const password = jaas.get('password') ?? settings['sasl.password'];
      if (username !== undefined && password !== undefined)
        return { mechanism, username, password };
      throw invalid(
        'User or password is missing.',
        'sasl.jaas.config',
        `Set ${variableOf('sasl.username')} and ${variableOf('sasl.password')}, or sasl.jaas.config.`,
      );
    }
    case 'OAUTHBEARER':
      return { mechanism, token: tokenSource(settings, jaas) };
    default:
      throw new ClusterTrouble('unsupported', {
        what: 'This way to log in is not supported.',
        where: 'sasl.mechanism',
        why: 'GSSAPI, which is the default of Kafka, needs Kerberos of the machine.',
        next: 'Set sasl.mechanism to SCRAM-SHA-512, SCRAM-SHA-256, PLAIN or OAUTHBEARER.',
      });
  }
}

function tokenSource(
  settings: Settings,
  jaas: ReadonlyMap<string, string>,
): Extract<Sasl, { mechanism: 'OAUTHBEARER' }>['token'] {
  const endpoint = settings['sasl.oauthbearer.token.endpoint.url'] ?? '';
  if (endpoint.startsWith('file:')) return { file: new URL(endpoint).pathname };
  const credentials = 'sasl.oauthbearer.client.credentials.client';
  const clientId = settings[`${credentials}.id`] ?? jaas.get('clientId');
  const clientSecret = settings[`${credentials}.secret`] ?? jaas.get('clientSecret');
  const scope = settings['sasl.oauthbearer.scope'] ?? jaas.get('scope');
  if (!/^https?:\/\//.test(endpoint) || clientId === undefined || clientSecret === undefined)
    throw invalid(
      'It is not said where a token comes from.',
      'sasl.oauthbearer.token.endpoint.url',
      'Set it, and clientId and clientSecret in sasl.jaas.config.',
    );
  return { endpoint, clientId, clientSecret, ...(scope === undefined ? {} : { scope }) };
}

/** `name="value"` of a login module. */
const jaasOptions = (text: string): ReadonlyMap<string, string> =>
  new Map(
    [
      ...text.matchAll(/([\w.]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s;"']+))/g),
    ].map(([, name = '', double, single, bare]) => [
      name,
      (double ?? single ?? bare ?? '').replaceAll(/\\(.)/g, '$1'),
    ]),
  );

function textOf(file: string, where: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new ClusterTrouble(
      code === 'ENOENT' ? 'not-found' : 'invalid',
      {
        what: `A file can not be read (${code}).`,
        where,
        next: 'Look at its path and its rights.',
      },
      error,
    );
  }
}

const invalid = (what: string, where: string, next: string): ClusterTrouble =>
  new ClusterTrouble('invalid', { what, where, next });

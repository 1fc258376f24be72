import type { Clue } from '../finding.ts';

/** `${KAFKA_PROTOCOL:SASL_SSL}` and `${KAFKA_PROTOCOL:-SASL_SSL}` stand for SASL_SSL unless set. */
export const withDefaults = (value: string) =>
  value.replaceAll(/\$\{[\w.-]{1,100}(?::-?([^${}]{0,200}))?\}/g, '$1');

/**
 * What a security protocol in some setting says. PLAINTEXT says nothing: it is what every laptop
 * has, and must not talk anybody into a production platform without security.
 */
export function protocolClues(value: string, line: number, setting: string): Clue[] {
  const protocols = withDefaults(value).toUpperCase();
  const sasl = /\bSASL_(SSL|PLAINTEXT)\b/.exec(protocols)?.[0];
  const protocol = sasl ?? /\bSSL\b/.exec(protocols)?.[0];
  if (!protocol) return [];
  const why = `sets ${protocol} in ${setting}`;
  return [
    // Without SASL, certificates are all there is to know a client by.
    { answer: 'security', value: sasl ? 'scram' : 'mtls', line, why, strength: 'declared' },
    { answer: 'tier', value: 2, line, why, strength: 'declared' },
  ];
}

/**
 * The protocols of a broker's listeners. The map alone says nothing: Kafka's own sample lists
 * every protocol in it.
 */
export function listenerProtocols(listeners: string, map: string): string {
  const protocolOf = new Map(
    map.split(',').map((pair) => {
      const [name = '', protocol = ''] = pair.trim().split(':');
      return [name, protocol];
    }),
  );
  const names = withDefaults(listeners)
    .split(',')
    .map((listener) => listener.trim().split('://')[0] ?? '');
  return names.map((name) => protocolOf.get(name) ?? name).join(',');
}

const managedHosts: readonly { host: RegExp; name: string }[] = [
  { host: /\.confluent\.cloud\b/i, name: 'Confluent Cloud' },
  { host: /\.kafka(-serverless)?\.[\w-]+\.amazonaws\.com\b/i, name: 'Amazon MSK' },
  { host: /\.servicebus\.windows\.net\b/i, name: 'Azure Event Hubs' },
  { host: /\.aivencloud\.com\b/i, name: 'Aiven' },
  { host: /\.managedkafka\.[\w-]+\.cloud\.goog\b/i, name: 'Google Cloud' },
  { host: /\.cloud\.redpanda\.com\b/i, name: 'Redpanda Cloud' },
];

/** Bootstrap servers of a managed service. */
export function bootstrapClues(servers: string, line: number): Clue[] {
  const managed = managedHosts.find(({ host }) => host.test(servers));
  if (!managed) return [];
  const why = `connects to ${managed.name}`;
  return [{ answer: 'deployment', value: 'cloud', line, why, strength: 'declared' }];
}

/** Environment variables of a container that tell how its Kafka is reached. */
export function environmentClues(name: string, value: string, line: number): Clue[] {
  if (/SECURITY_PROTOCOL$/.test(name)) return protocolClues(value, line, name);
  if (/KAFKA.*(BOOTSTRAP|BROKERS)/.test(name)) return bootstrapClues(value, line);
  return [];
}

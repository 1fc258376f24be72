import kafkajs, { type Kafka, type KafkaConfig } from 'kafkajs';
import { clientLog } from './client-log.ts';
import type { Cluster } from './cluster.ts';
import type { HiddenErrors } from './hidden-errors.ts';

/**
 * kafkajs has had no release since February 2023 and is not maintained. What it lacks is said where
 * it matters: no cooperative rebalances, no static membership, no KIP-848, no KIP-447.
 */
export function kafkaClient(
  cluster: Cluster,
  hidden?: HiddenErrors,
  requestTimeout = 15_000,
): Kafka {
  const write = clientLog(cluster.log);
  return new kafkajs.Kafka({
    clientId: cluster.settings.clientId,
    brokers: cluster.settings.bootstrapServers,
    connectionTimeout: 5000,
    requestTimeout,
    // Few attempts in here: whoever uses the client tries again, and tells meanwhile.
    retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 3 },
    logLevel: hidden ? kafkajs.logLevel.DEBUG : kafkajs.logLevel.INFO,
    logCreator: () => (entry) => {
      hidden?.notice(entry);
      write(entry);
    },
    ...securityOptions(cluster),
  });
}

function securityOptions(cluster: Cluster): Partial<KafkaConfig> {
  const { security } = cluster.settings;
  if (security.kind === 'plaintext') {
    return {};
  }
  // Node verifies the chain and the host name; nothing here may switch that off.
  const ssl = { ca: security.ca, rejectUnauthorized: true };
  switch (security.kind) {
    case 'mtls':
      return { ssl: { ...ssl, cert: security.certificate, key: security.key } };
    case 'scram': {
      const { username, password } = security;
      return { ssl, sasl: { mechanism: 'scram-sha-512', username, password } };
    }
    case 'oauth':
      return {
        ssl,
        sasl: { mechanism: 'oauthbearer', oauthBearerProvider: () => cluster.token() },
      };
  }
}

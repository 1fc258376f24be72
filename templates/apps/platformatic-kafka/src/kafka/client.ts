import type { BaseOptions } from '@platformatic/kafka';
import { isIP } from 'node:net';
import { backoffMs } from '../service/backoff.ts';
import type { KafkaSettings } from '../service/settings.ts';
import { credentialRefusal, type KafkaRefused } from './failures.ts';

export type OnRefused = (refusal: KafkaRefused) => void;

/** What every client of this application has in common. */
export function clientOptions(kafka: KafkaSettings, onRefused: OnRefused): BaseOptions {
  return {
    clientId: kafka.clientId,
    bootstrapBrokers: kafka.bootstrapServers,
    connectTimeout: 5000,
    // The client retries a failed login or TLS handshake like a lost connection, in the background
    // too. This is the one place that sees every failed attempt, so a refusal is noticed here.
    retryDelay: (_client, _operation, attempt, _retries, error) => {
      const refusal = credentialRefusal(error);
      if (refusal) {
        onRefused(refusal);
      }
      return backoffMs(attempt, { firstMs: 100, lastMs: 1000 });
    },
    ...securityOptions(kafka),
  };
}

function securityOptions({ security, bootstrapServers }: KafkaSettings): Partial<BaseOptions> {
  switch (security.kind) {
    case 'plaintext':
      return {};
    case 'sasl-ssl':
      return {
        // Node verifies the chain and the host name; nothing here may switch that off.
        tls: { ca: security.ca, rejectUnauthorized: true },
        // SNI, for brokers behind a proxy; it has no form for IP addresses.
        tlsServerName: !bootstrapServers.some((server) => isIP(hostOf(server))),
        sasl: {
          mechanism: 'SCRAM-SHA-512',
          username: security.username,
          password: security.password,
        },
      };
  }
}

function hostOf(server: string): string {
  return server.slice(0, server.lastIndexOf(':')).replaceAll(/[[\]]/g, '');
}

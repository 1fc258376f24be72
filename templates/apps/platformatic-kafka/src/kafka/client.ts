import { connectionsConnectsChannel, type BaseOptions, type Connection } from '@platformatic/kafka';
import { isIP } from 'node:net';
import { backoffMs } from '../service/backoff.ts';
import { certificateRefusal } from './certificate-probe.ts';
import type { Cluster } from './cluster.ts';
import { credentialRefusal } from './errors.ts';

// A broker that dies during a login is reported twice, the second time when the client no longer
// listens; an 'error' event without a listener would end the process.
connectionsConnectsChannel.start.subscribe((message) => {
  (message as { connection: Connection }).connection.on('error', () => undefined);
});

/** What every client of this application has in common; tells of every failed attempt. */
export function clientOptions(
  cluster: Cluster,
  onFailedAttempt: (error: Error) => void = () => undefined,
): BaseOptions {
  return {
    clientId: cluster.settings.clientId,
    bootstrapBrokers: cluster.settings.bootstrapServers,
    connectTimeout: 5000,
    // The client retries a failed login or TLS handshake like a lost connection, in the background
    // too. This is the one place that sees every failed attempt, so a refusal is noticed here.
    retryDelay: (_client, _operation, attempt, _retries, error) => {
      void noticeRefusal(cluster, error);
      onFailedAttempt(error);
      return backoffMs(attempt, { firstMs: 100, lastMs: 1000 });
    },
    ...securityOptions(cluster),
  };
}

async function noticeRefusal(cluster: Cluster, error: Error): Promise<void> {
  const refusal = credentialRefusal(error) ?? (await certificateRefusal(cluster.settings));
  if (refusal) {
    cluster.refused(refusal);
  }
}

function securityOptions(cluster: Cluster): Partial<BaseOptions> {
  const { security, bootstrapServers } = cluster.settings;
  if (security.kind === 'plaintext') {
    return {};
  }
  const tls = {
    // SNI, for brokers behind a proxy; it has no form for IP addresses.
    tlsServerName: !bootstrapServers.some((server) => isIP(hostOf(server))),
    // Node verifies the chain and the host name; nothing here may switch that off.
    tls: { ca: security.ca, rejectUnauthorized: true },
  };
  switch (security.kind) {
    case 'mtls':
      return { ...tls, tls: { ...tls.tls, cert: security.certificate, key: security.key } };
    case 'scram': {
      const { username, password } = security;
      return { ...tls, sasl: { mechanism: 'SCRAM-SHA-512', username, password } };
    }
    case 'oauth':
      return {
        ...tls,
        sasl: { mechanism: 'OAUTHBEARER', token: async () => (await cluster.token()).value },
      };
  }
}

function hostOf(server: string): string {
  return server.slice(0, server.lastIndexOf(':')).replaceAll(/[[\]]/g, '');
}

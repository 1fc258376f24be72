import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import type { ConnectionSettings } from '../service/connection-settings.ts';
import { credentialRefusal } from './errors.ts';
import type { KafkaRefused } from './failures.ts';

const ANSWER_MS = 1000;

/**
 * With TLS 1.3 the broker's word about the client's certificate comes after the handshake, and the
 * Kafka client turns it into a closed connection like any other. Here it is heard.
 */
export async function certificateRefusal({
  bootstrapServers,
  security,
}: ConnectionSettings): Promise<KafkaRefused | undefined> {
  const server = bootstrapServers[Math.floor(Math.random() * bootstrapServers.length)] ?? '';
  if (security.kind !== 'mtls') {
    return undefined;
  }
  const { ca, certificate: cert, key } = security;
  const { hostname: host, port } = new URL(`tls://${server}`);
  const socket = connect({ host, port: Number(port), servername: host, ca, cert, key });
  try {
    await once(socket, 'secureConnect');
    await Promise.race([once(socket, 'data'), sleep(ANSWER_MS)]);
    return undefined;
  } catch (error) {
    return credentialRefusal(error);
  } finally {
    socket.on('error', () => undefined).destroy();
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../kafka/cluster.ts';

const PATIENCE_MS = 30_000;

/** Services wait for brokers for ever. Who runs a tool wants to know that there are none. */
export async function firstContact(
  { contact, settings, log }: Pick<Cluster, 'contact' | 'settings' | 'log'>,
  signal: AbortSignal,
  patienceMs = PATIENCE_MS,
): Promise<boolean> {
  const reached = await Promise.race([
    contact.then(() => true),
    sleep(patienceMs, false, { signal }),
  ]);
  if (!reached) {
    const servers = settings.bootstrapServers.join(',');
    log.error(
      `no broker could be reached at ${servers} for ${patienceMs / 1000} s: is it running, and is KAFKA_BOOTSTRAP_SERVERS right?`,
    );
  }
  return reached;
}

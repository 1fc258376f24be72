import { createServer } from 'node:net';
import { obstacle } from '../../errors.ts';
import { byListener } from '../../model/placement.ts';
import type { Cluster } from '../../model/platform.ts';
import type { NodeRun } from '../run-state.ts';

const firstNodePort = 19_090;
const portsPerNode = 10;
const attempts = 200;

/** Is nobody listening here, on loopback or on all interfaces? */
async function isFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', '::']) {
    const free = await new Promise<boolean>((resolve) => {
      const server = createServer();
      server.once('error', (error: NodeJS.ErrnoException) =>
        // No IPv6 here is no reason against the port.
        resolve(error.code === 'EAFNOSUPPORT' || error.code === 'EADDRNOTAVAIL'),
      );
      server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
    });
    if (!free) return false;
  }
  return true;
}

/** The wanted port, or the next free one after it. */
export async function freePort(wanted: number, taken: ReadonlySet<number>): Promise<number> {
  for (let port = wanted; port < wanted + attempts; port++) {
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw obstacle({
    what: `No free port between ${wanted} and ${wanted + attempts}.`,
    why: 'Each listener of each node needs one of its own on this machine.',
    next: `See who holds them: ss -ltnp | grep :${wanted}`,
  });
}

/** The ports that a node was started with. */
export const portsOf = (run: NodeRun): NodePorts => ({
  listeners: run.ports,
  exporter: run.exporterPort,
});

export type NodePorts = { readonly listeners: Record<string, number>; readonly exporter: number };

/** Ports for every node: blocks of ten from 19090, the next free block where one is taken. */
export async function nodePorts(cluster: Cluster): Promise<NodePorts[]> {
  const ports: NodePorts[] = [];
  let base = firstNodePort;
  for (const _ of cluster.nodes) {
    while (!(await blockIsFree(base))) {
      base += portsPerNode;
      if (base > 60_000)
        throw obstacle({
          what: 'No free block of ten ports between 19090 and 60000.',
          next: 'ss -ltn shows what listens here.',
        });
    }
    const first = base;
    // The last digit is the usual one: 9092 becomes 19092.
    ports.push({
      listeners: byListener(cluster, ({ port }) => first + (port % 10)),
      exporter: first + 5,
    });
    base += portsPerNode;
  }
  return ports;
}

async function blockIsFree(base: number): Promise<boolean> {
  for (let port = base + 1; port <= base + 5; port++) if (!(await isFree(port))) return false;
  return true;
}

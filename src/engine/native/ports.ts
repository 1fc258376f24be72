import { createServer } from 'node:net';
import { firstNativePort, inBlock } from '../../catalog/own-parts.ts';
import { obstacle } from '../../errors.ts';
import { byListener } from '../../model/placement.ts';
import type { Cluster } from '../../model/platform.ts';
import type { NodeRun } from '../run-state.ts';
import { claimPort, releasePort } from './claims.ts';

const lastNodePort = 60_000;
const portsPerNode = 10;
const attempts = 200;

/** Has no other krafter chosen it, and is nobody listening? Then it is ours. */
async function isFree(port: number): Promise<boolean> {
  if (!(await claimPort(port))) return false;
  if (await isSilent(port)) return true;
  releasePort(port);
  return false;
}

/** Is nobody listening here, on loopback or on all interfaces? */
async function isSilent(port: number): Promise<boolean> {
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

/**
 * Ports for every node: blocks of ten from 19090, the next free block where one is taken. A node
 * that has run before keeps its block, `known` by its first port.
 */
export async function nodePorts(
  cluster: Cluster,
  known: readonly (number | undefined)[],
): Promise<NodePorts[]> {
  const kept: (number | undefined)[] = [];
  for (const base of known) {
    kept.push(base !== undefined && (await blockIsFree(base)) ? base : undefined);
  }
  requireMajorityInPlace(cluster, known, kept);
  const taken = new Set(known);
  const ports: NodePorts[] = [];
  for (const [index] of cluster.nodes.entries()) {
    const first = kept[index] ?? (await freeBlock(taken));
    taken.add(first);
    ports.push({
      listeners: byListener(cluster, ({ port }) => inBlock(first, port)),
      exporter: first + 5,
    });
  }
  return ports;
}

/** The first port of the block that a node listened on, by the settings it was started with. */
export function blockOf(listeners: string | undefined): number | undefined {
  const port = Number(/:([0-9]+)(?:,|$)/.exec(listeners ?? '')?.[1]);
  return port ? port - (port % portsPerNode) : undefined;
}

/**
 * Voters find each other where the quorum's own log says. One that moved tells its new place to
 * the leader (KIP-853), but without a majority in its place nobody is elected to be told.
 */
function requireMajorityInPlace(
  { nodes }: Cluster,
  known: readonly (number | undefined)[],
  kept: readonly (number | undefined)[],
): void {
  const moved = nodes.filter((_, index) => known[index] !== undefined && kept[index] === undefined);
  if (nodes.length === 1 || moved.length * 2 < nodes.length) return;
  const blocks = known.filter((base, index) => base !== undefined && kept[index] === undefined);
  throw obstacle({
    what: `The ports of ${moved.map(({ name }) => name).join(' and ')} are taken by other programs.`,
    where: blocks.map((base = 0) => `127.0.0.1, ports ${base + 1} to ${base + 5}`).join('\n'),
    why: 'The quorum knows its voters at these ports, and can not elect a leader elsewhere.',
    next: 'See who holds them: ss -ltnp. Or start anew, without the data: krafter down --volumes',
  });
}

async function freeBlock(taken: ReadonlySet<number | undefined>): Promise<number> {
  for (let base = firstNativePort; base <= lastNodePort; base += portsPerNode) {
    if (!taken.has(base) && (await blockIsFree(base))) return base;
  }
  throw obstacle({
    what: `No free block of ten ports between ${firstNativePort} and ${lastNodePort}.`,
    next: 'ss -ltn shows what listens here.',
  });
}

async function blockIsFree(base: number): Promise<boolean> {
  const ports = [1, 2, 3, 4, 5].map((offset) => base + offset);
  for (const [index, port] of ports.entries()) {
    if (await isFree(port)) continue;
    ports.slice(0, index).forEach(releasePort);
    return false;
  }
  return true;
}

import { brokersOf, type Platform } from '../../model/platform.ts';
import type { RunState } from '../run-state.ts';

/** `host:port` of each broker's listener for clients, as it was started here. */
export function nativeBootstrap(platform: Platform, state: RunState): readonly string[] {
  const brokers = new Set(brokersOf(platform.clusters[0]).map(({ name }) => name));
  return state.nodes
    .filter(({ name }) => brokers.has(name))
    .map(({ ports }) => `localhost:${ports.CLIENT}`);
}

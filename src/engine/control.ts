import type { NodePlacement } from '../model/placement.ts';

/** What drills do to a running platform: break it and mend it. */
export type Control = {
  readonly producerUrl: string;
  readonly consumerUrl: string;
  readonly prometheusUrl: string | undefined;
  /** kill -9, and back: resolved when the process runs, not when it is in sync. */
  readonly killNode: (name: string) => Promise<void>;
  readonly startNode: (name: string) => Promise<void>;
  /** Stopped as by a long garbage collection, and on again. */
  readonly pauseNode: (name: string) => Promise<void>;
  readonly resumeNode: (name: string) => Promise<void>;
  readonly killService: (name: string) => Promise<void>;
  /** Resolved when it is ready; `extra` is added to its environment. */
  readonly startService: (name: string, extra?: Readonly<Record<string, string>>) => Promise<void>;
  /** The values of a topic as Kafka's own console consumer reads them. */
  readonly readValues: (
    topic: string,
    isolation: 'read_committed' | 'read_uncommitted',
  ) => Promise<readonly string[]>;
  /** Events of the use case from the application's own generator; same seed, same events. */
  readonly generate: (count: number, seed: number) => Promise<readonly unknown[]>;
  /** Where each node lives now. */
  readonly placement: readonly NodePlacement[];
  /** `host:port` of the first controller, where this machine reaches it. */
  readonly controller: string | undefined;
  /** Text of the nodes' logs by name, those of the authorizer included. */
  readonly nodeLogs: () => Promise<ReadonlyMap<string, string>>;
};

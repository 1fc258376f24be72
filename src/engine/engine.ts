import type { Platform } from '../model/platform.ts';
import type { Progress } from './progress.ts';

const engineNames = ['native', 'docker'] as const;
export type EngineName = (typeof engineNames)[number];

/** A row of `krafter status`: one thing that runs. */
export type Running = {
  readonly name: string;
  readonly kind: 'node' | 'service' | 'monitoring';
  readonly state: 'running' | 'stopped';
  readonly endpoint: string;
  readonly memoryBytes: number;
  readonly log: string;
};

/** What runs a project's own files on this machine. */
export type Engine = {
  readonly name: EngineName;
  readonly up: (
    project: string,
    platform: Platform,
    options: { readonly progress: Progress; readonly signal: AbortSignal },
  ) => Promise<void>;
  readonly down: (
    project: string,
    options: { readonly progress: Progress; readonly volumes: boolean },
  ) => Promise<{ readonly ended: number }>;
  readonly running: (project: string, platform: Platform) => Promise<readonly Running[]>;
};

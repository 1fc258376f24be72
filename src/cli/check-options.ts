import type { KafkaRelease } from '../catalog/kafka-keys/key.ts';

export const formats = ['text', 'json', 'sarif', 'github', 'gitlab', 'markdown', 'junit'] as const;
export const levels = ['error', 'warning', 'info'] as const;

export type FormatName = (typeof formats)[number];
type Level = (typeof levels)[number];

export type CheckOptions = {
  format?: FormatName;
  failOn?: Level;
  all?: true;
  fix?: true | string;
  showFixes?: true;
  baseline?: string;
  updateBaseline?: true;
  diff?: string;
  target?: KafkaRelease;
  stdinFilename?: string;
  json?: true;
};

/** Findings that are not to be told, by their fingerprint. */
export type IsKnown = (fingerprint: string) => boolean;

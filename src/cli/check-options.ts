import type { KafkaRelease } from '../catalog/kafka-keys/key.ts';
import type { FormatName } from '../check/report/report.ts';
import type { Severity } from '../check/rule.ts';

export type CheckOptions = {
  format?: FormatName;
  failOn?: Severity;
  all?: true;
  fix?: true | string;
  showFixes?: true;
  baseline?: string;
  updateBaseline?: true;
  diff?: string;
  target?: KafkaRelease;
  prove?: true;
  stdinFilename?: string;
  json?: true;
};

/** Findings that are not to be told, by their fingerprint. */
export type IsKnown = (fingerprint: string) => boolean;

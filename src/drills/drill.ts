import type { ClusterAccess } from '../cluster/connect.ts';
import type { Control } from '../engine/control.ts';
import type { Platform } from '../model/platform.ts';

/** Figures that show what a drill saw; names in camelCase, units in the name. */
export type Evidence = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export type Outcome =
  | { readonly status: 'passed'; readonly evidence: Evidence }
  | { readonly status: 'failed'; readonly evidence: Evidence; readonly reason: string };

export type DrillContext = {
  readonly project: string;
  readonly platform: Platform;
  readonly control: Control;
  /** As the administrator, or as another user of the platform. */
  readonly access: (user?: string) => ClusterAccess;
  /** Settings of a file of this project, e.g. clients/producer.properties. */
  readonly properties: (path: string) => Readonly<Record<string, string>>;
  readonly tell: (text: string) => void;
  readonly signal: AbortSignal;
  /** A number that no other run has: names of topics, seeds of events. */
  readonly runId: number;
  /** Set by the drill that took a broker down, for the one that reads the alerts. */
  readonly outages: { readonly node: string; readonly from: number; readonly to: number }[];
};

/** One way to break a platform, and what must be true afterwards. */
export type Drill = {
  readonly id: string;
  readonly title: string;
  /** Why it does not apply to a platform; undefined when it does. */
  readonly notFor: (platform: Platform) => string | undefined;
  readonly run: (context: DrillContext) => Promise<Outcome>;
};

/** Passed when nothing is wrong; the first thing that is wrong is the reason. */
export const outcome = (evidence: Evidence, wrong: readonly (string | false)[]): Outcome => {
  const reasons = wrong.filter((reason) => reason !== false);
  return reasons.length === 0
    ? { status: 'passed', evidence }
    : { status: 'failed', evidence, reason: reasons.slice(0, 3).join('; ') };
};

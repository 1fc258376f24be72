import type { Platform } from '../../../model/platform.ts';

/** What a person is woken by, or told in the morning. */
export type Alert = {
  readonly name: string;
  /** `critical`: data or service is at stake now. `warning`: within the day. */
  readonly severity: 'critical' | 'warning';
  readonly for: string;
  readonly expr: string;
  /** Heading of its section in the project's README. */
  readonly section: string;
  /** One line. `{{ $labels.x }}` is filled in by Prometheus, and nothing else. */
  readonly summary: string;
  /** What this does to Kafka and its users. Commands and names stand in backticks, here and below. */
  readonly happens: string;
  readonly next: string;
  /** Where it can't apply it is left out. */
  readonly appliesTo?: (platform: Platform) => boolean;
  readonly proof: Proof;
};

/** Samples a minute apart in promtool's notation, and what has to come of them. */
type Proof = {
  readonly series: Readonly<Record<string, string>>;
  /** Minutes in which it must be silent, before and after, and at which it must fire. */
  readonly quietAt: readonly number[];
  readonly firesAt: number;
  /** Of the alert that fires, besides its severity. */
  readonly labels: Readonly<Record<string, string>>;
};

/** Alerts of one kind, in the words that are true for a platform. */
export type AlertGroup = (platform: Platform) => readonly Alert[];

/** Several nodes, which hold copies of each other's records. */
export const isReplicated = (platform: Platform): boolean =>
  platform.clusters[0].replicationFactor > 1;

/** Where a person looks: at a dashboard, or in Prometheus by a query. */
export const seenIn = (
  { monitoring }: Platform,
  dashboard: 'cluster' | 'topics' | 'applications',
  query: string,
): string =>
  monitoring === 'grafana' ? `on the ${dashboard} dashboard` : `in Prometheus (\`${query}\`)`;

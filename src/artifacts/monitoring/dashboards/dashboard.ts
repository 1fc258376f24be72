import type { Platform } from '../../../model/platform.ts';

/** Grafana's names for how a value is printed. */
type Unit = 'short' | 'none' | 'bytes' | 'Bps' | 's' | 'percentunit' | 'ops' | 'd';

export type Query = { readonly expr: string; readonly legend: string };

export type Panel = {
  readonly kind: 'stat' | 'timeseries';
  readonly title: string;
  /** What to look for. */
  readonly description: string;
  readonly unit: Unit;
  readonly queries: readonly Query[];
  /** When a stat turns red. */
  readonly red?: { readonly when: 'from' | 'below' | 'unless'; readonly value: number };
};

export type Row = { readonly title: string; readonly panels: readonly Panel[] };

/** A choice at the top of a dashboard, from the values of a label. */
export type Variable = { readonly name: string; readonly metric: string; readonly label: string };

export type Dashboard = {
  /** Stable: links to a dashboard survive its next version. Also the name of its file. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly variables: readonly Variable[];
  readonly rows: (platform: Platform) => readonly Row[];
};

type Options = Pick<Panel, 'title' | 'description' | 'unit'>;

/** Lines over time, one query per argument. */
export const timeseries = (options: Options, ...queries: readonly Query[]): Panel => ({
  kind: 'timeseries',
  ...options,
  queries,
});

/** One number, which is red when somebody should look. */
export const stat = (options: Options & Pick<Panel, 'red'>, expr: string, legend = ''): Panel => ({
  kind: 'stat',
  ...options,
  queries: [{ expr, legend }],
});

export const query = (expr: string, legend: string): Query => ({ expr, legend });

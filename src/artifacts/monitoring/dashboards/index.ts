import type { Platform } from '../../../model/platform.ts';
import { applicationsDashboard } from './applications.ts';
import { clusterDashboard } from './cluster.ts';
import type { Dashboard } from './dashboard.ts';
import { topicsDashboard } from './topics.ts';

export const dashboards: readonly Dashboard[] = [
  clusterDashboard,
  topicsDashboard,
  applicationsDashboard,
];

export type NamedQuery = { readonly name: string; readonly expr: string };

/** The queries of all panels, as Grafana would send them with everything chosen; none without Grafana. */
export const panelQueries = (platform: Platform): NamedQuery[] =>
  platform.monitoring === 'grafana' ? dashboardQueries(platform) : [];

/** The same for whoever brings a Grafana of their own: Prometheus has what these need. */
export const dashboardQueries = (platform: Platform): NamedQuery[] =>
  dashboards.flatMap((dashboard) =>
    dashboard.rows(platform).flatMap((row) =>
      row.panels.flatMap((panel) =>
        panel.queries.map(({ expr, legend }) => ({
          name: [dashboard.title, row.title, panel.title, legend].filter(Boolean).join(' / '),
          expr: withDefaults(dashboard, expr),
        })),
      ),
    ),
  );

/** Four scrapes, as Grafana makes of $__rate_interval, and all values of each variable. */
export const withDefaults = ({ variables }: Dashboard, expr: string): string =>
  variables.reduce(
    (text, { name }) => text.replaceAll(`$${name}`, '.+'),
    expr.replaceAll('$__rate_interval', '1m'),
  );

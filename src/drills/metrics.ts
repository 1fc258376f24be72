import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { alertsPath } from '../artifacts/monitoring/alerts/index.ts';
import {
  dashboardQueries,
  dashboards,
  type NamedQuery,
  withDefaults,
} from '../artifacts/monitoring/dashboards/index.ts';
import { dashboardPath } from '../artifacts/monitoring/grafana.ts';
import type { Platform } from '../model/platform.ts';
import { type Drill, outcome } from './drill.ts';
import { type ApplicationEvent, postEvents } from './http.ts';
import { outageAlert, reachedInOutage, stateOfOutage } from './outage.ts';
import { hasData, namesOf } from './prometheus.ts';
import { selectors } from './promql.ts';
import { until } from './wait.ts';

/** What alerts and panels ask for is there, and an alert fires when it should and not for ever. */
export const metrics: Drill = {
  id: 'metrics',
  title: 'Alerts and panels have data; an outage fires an alert that resolves',
  notFor: ({ monitoring }) =>
    monitoring === 'none' ? 'the platform has no monitoring (monitoring: none)' : undefined,
  async run(context) {
    const { control, platform, project, signal, tell } = context;
    const url = control.prometheusUrl;
    if (!url) {
      return {
        status: 'failed',
        evidence: {},
        reason:
          'Prometheus does not run here (Debian: apt-get install prometheus, then krafter up)',
      };
    }
    const alerts = alertsOf(project);
    const panels = panelsOf(project, platform);
    const replicated = platform.clusters[0].replicationFactor > 1;
    const wanted = replicated ? await stateOfOutage(url) : undefined;
    const outage = wanted && (await reachedInOutage(context, url, wanted));
    tell(`${alerts.length} alerts, ${panels.length} panel queries`);
    const ask = (query: string) => hasData(url, query);
    // Asked over some minutes: what a broker exports only after its first event may be stale.
    const emptyAlerts = await emptyQueries(
      alerts.map(({ alert, expr }) => ({
        name: `alert ${alert}`,
        queries: selectors(expr).map((selector) => `last_over_time(${selector}[15m])`),
      })),
      ask,
    );
    let emptyPanels: string[] = [];
    // Rates need traffic, and a consumer that has just started tells its lag after its first poll.
    const events = (await control.generate(600, context.runId + 3)) as ApplicationEvent[];
    await until(
      async () => {
        await postEvents(control.producerUrl, events.splice(0, 40), { concurrency: 4 });
        emptyPanels = await emptyQueries(
          panels.map(({ name, expr }) => ({ name: `panel ${name}`, queries: [expr] })),
          ask,
        );
        return emptyPanels.length === 0;
      },
      { timeoutMs: 40_000, everyMs: 2000, signal },
    );
    const isFiring = `ALERTS{alertname="${outageAlert}"}`;
    const resolved = await until(async () => !(await hasData(url, isFiring)), {
      timeoutMs: 60_000,
      everyMs: 1000,
      signal,
    });
    const others = await namesOf(url, 'ALERTS{alertstate="firing"}');
    return outcome(
      {
        alerts: alerts.length,
        alertsWithoutData: emptyAlerts.length,
        panelQueries: panels.length,
        panelsWithoutData: emptyPanels.length,
        ...(outage === undefined
          ? {}
          : {
              outageAlertFired: outage && wanted === 'firing',
              outageAlertState: wanted ?? 'none',
              outageAlertResolved: resolved === true,
            }),
        otherAlertsFiring: others.length === 0 ? 'none' : others,
      },
      [
        ...emptyAlerts.map((name) => `${name} asks for what nobody exports`),
        ...emptyPanels.map((name) => `${name} has no data`),
        outage === false && `${outageAlert} was not ${wanted} while a broker was down`,
        resolved !== true && `${outageAlert} still fires`,
      ],
    );
  },
};

type AlertRule = { readonly alert: string; readonly expr: string };

/** From the project's own file: what a person misspelt there is what counts. */
function alertsOf(project: string): AlertRule[] {
  const { groups } = parse(readFileSync(join(project, alertsPath), 'utf8')) as {
    groups: { rules: AlertRule[] }[];
  };
  return groups.flatMap(({ rules }) => rules);
}

/** From the project's own dashboards; those that another Grafana could show where it has none. */
function panelsOf(project: string, platform: Platform): readonly NamedQuery[] {
  if (platform.monitoring !== 'grafana') return dashboardQueries(platform);
  return dashboards.flatMap((dashboard) => {
    const { title, panels } = JSON.parse(
      readFileSync(join(project, dashboardPath(dashboard)), 'utf8'),
    ) as DashboardFile;
    return panels.flatMap((panel) =>
      (panel.targets ?? []).map(({ expr }) => ({
        name: `${title} / ${panel.title}`,
        expr: withDefaults(dashboard, expr),
      })),
    );
  });
}

type DashboardFile = {
  title: string;
  panels: { title: string; targets?: { expr: string }[] }[];
};

async function emptyQueries(
  named: readonly { readonly name: string; readonly queries: readonly string[] }[],
  ask: (query: string) => Promise<boolean>,
): Promise<string[]> {
  const empty: string[] = [];
  for (const { name, queries } of named) {
    const answers = await Promise.all(queries.map(ask));
    if (queries.length === 0 || answers.includes(false)) empty.push(name);
  }
  return empty;
}

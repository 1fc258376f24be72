import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { alertsPath } from '../artifacts/monitoring/alerts/index.ts';
import {
  dashboardQueries,
  dashboards,
  type NamedQuery,
  withDefaults,
} from '../artifacts/monitoring/dashboards/index.ts';
import { dashboardPath } from '../artifacts/monitoring/grafana.ts';
import { clusterHealth } from '../cluster/observe.ts';
import type { Platform } from '../model/platform.ts';
import { type Drill, type DrillContext, outcome } from './drill.ts';
import { type ApplicationEvent, postEvents } from './http.ts';
import { selectors } from './promql.ts';
import { until } from './wait.ts';

const outageAlert = 'KafkaUnderReplicatedPartitions';
const outageMs = 15_000;

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

type AlertState = 'firing' | 'pending';

/**
 * What an outage of seconds can show: natively rules wait for seconds, so the alert fires; where
 * they wait for minutes, as deployed, it is pending.
 */
async function stateOfOutage(url: string): Promise<AlertState> {
  const response = await fetch(`${url}/api/v1/rules?type=alert&rule_name[]=${outageAlert}`, {
    signal: AbortSignal.timeout(10_000),
  });
  const { data } = (await response.json()) as {
    data: { groups: { rules: { name: string; duration: number }[] }[] };
  };
  const rule = data.groups.flatMap(({ rules }) => rules).find(({ name }) => name === outageAlert);
  return rule && rule.duration * 1000 > outageMs ? 'pending' : 'firing';
}

/** Was the alert in this state in the outage that another drill made, or in one made now? */
async function reachedInOutage(
  context: DrillContext,
  url: string,
  state: AlertState,
): Promise<boolean> {
  if (context.outages.length === 0) await makeOutage(context);
  const since = Math.min(...context.outages.map(({ from }) => from));
  const range = Math.ceil((Date.now() - since) / 1000) + 5;
  return hasData(
    url,
    `max_over_time(ALERTS{alertname="${outageAlert}",alertstate="${state}"}[${range}s])`,
  );
}

async function makeOutage({
  control,
  platform,
  access,
  outages,
  signal,
  tell,
}: DrillContext): Promise<void> {
  const [cluster] = platform.clusters;
  const node = cluster.nodes.at(-1);
  if (!node) return;
  tell(`killing ${node.name}`);
  const from = Date.now();
  await control.killNode(node.name);
  await sleep(outageMs, undefined, { signal });
  await control.startNode(node.name);
  await until(
    async () => {
      const { brokers, underReplicated } = await clusterHealth(access());
      return brokers.length === cluster.nodes.length && underReplicated.length === 0;
    },
    { timeoutMs: 90_000, signal },
  );
  outages.push({ node: node.name, from, to: Date.now() });
}

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

type Answer = { data?: { result?: { metric: Record<string, string>; value: [number, string] }[] } };

async function query(
  url: string,
  text: string,
): Promise<NonNullable<NonNullable<Answer['data']>['result']>> {
  const response = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(text)}`, {
    signal: AbortSignal.timeout(10_000),
  });
  return ((await response.json()) as Answer).data?.result ?? [];
}

const hasData = async (url: string, text: string): Promise<boolean> =>
  (await query(url, text)).some(({ value: [, value] }) => value !== 'NaN');

const namesOf = async (url: string, text: string): Promise<string[]> => [
  ...new Set((await query(url, text)).map(({ metric }) => metric.alertname ?? '')),
];

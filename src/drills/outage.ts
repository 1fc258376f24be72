import { setTimeout as sleep } from 'node:timers/promises';
import { clusterHealth } from '../cluster/observe.ts';
import type { DrillContext } from './drill.ts';
import { hasData } from './prometheus.ts';
import { until } from './wait.ts';

/** What must fire when a broker is down, and resolve when it is back. */
export const outageAlert = 'KafkaUnderReplicatedPartitions';

/** An outage of a drill takes no longer: an alert that waits longer is pending at its end. */
const outageMs = 15_000;

type AlertState = 'firing' | 'pending';

/**
 * What an outage of seconds can show: natively rules wait for seconds, so the alert fires; where
 * they wait for minutes, as deployed, it is pending.
 */
export async function stateOfOutage(url: string): Promise<AlertState> {
  const response = await fetch(`${url}/api/v1/rules?type=alert&rule_name[]=${outageAlert}`, {
    signal: AbortSignal.timeout(10_000),
  });
  const { data } = (await response.json()) as {
    data: { groups: { rules: { name: string; duration: number }[] }[] };
  };
  const rule = data.groups.flatMap(({ rules }) => rules).find(({ name }) => name === outageAlert);
  return rule && rule.duration * 1000 > outageMs ? 'pending' : 'firing';
}

/**
 * A broker is down: waits until the others have taken over (its session ends after 9 s), and until
 * the alert has seen it, which takes longer on a busy machine. Whether it has is asked later.
 */
export async function outageSeen({ control, platform, signal }: DrillContext): Promise<void> {
  await sleep(12_000, undefined, { signal });
  const { prometheusUrl: url } = control;
  if (!url || platform.monitoring === 'none') return;
  const state = await stateOfOutage(url);
  await until(() => hasData(url, `ALERTS{alertname="${outageAlert}",alertstate="${state}"}`), {
    timeoutMs: 25_000,
    everyMs: 500,
    signal,
  });
}

/** Was the alert in this state in the outage that another drill made, or in one made now? */
export async function reachedInOutage(
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

async function makeOutage(context: DrillContext): Promise<void> {
  const { control, platform, access, outages, signal, tell } = context;
  const [cluster] = platform.clusters;
  const node = cluster.nodes.at(-1);
  if (!node) return;
  tell(`killing ${node.name}`);
  const from = Date.now();
  await control.killNode(node.name);
  await outageSeen(context);
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

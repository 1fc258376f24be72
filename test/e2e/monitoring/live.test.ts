import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { alertRules } from '../../../src/artifacts/monitoring/alerts/index.ts';
import { dashboards, panelQueries } from '../../../src/artifacts/monitoring/dashboards/index.ts';
import { usedMetrics } from '../../../src/artifacts/monitoring/exporter.ts';
import {
  certificateMetricsFolder,
  prometheusConfig,
} from '../../../src/artifacts/monitoring/prometheus.ts';
import { jvmMetrics } from '../../../src/catalog/metrics/kafka.ts';
import { kafkaDistribution } from '../../../src/engine/native/distribution.ts';
import type { Platform } from '../../../src/model/platform.ts';
import { monitoredPlatform } from '../../artifacts/monitoring/platforms.ts';
import { asBool, selectorsOf } from '../../artifacts/monitoring/promql.ts';
import { serveApplicationMetrics } from './application-metrics.ts';
import { freePorts, type LoopbackCluster, startCluster, writeProject } from './loopback-cluster.ts';

const prometheusMissing = spawnSync('prometheus', ['--version']).error !== undefined;

type Rule = {
  readonly name: string;
  readonly query: string;
  readonly state: string;
  readonly health: string;
};
type Series = {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: [number, string];
};

describe('every query has an answer', {
  skip: prometheusMissing && !process.env.CI && 'Prometheus is not installed',
}, () => {
  answers('one broker', monitoredPlatform({ tier: 1 }));
  answers('three secured brokers', monitoredPlatform({ tier: 2, security: 'scram' }));
});

function answers(title: string, platform: Platform): void {
  describe(title, () => {
    let project = '';
    const services: Server[] = [];
    let cluster: LoopbackCluster | undefined;
    let prometheus: ChildProcess | undefined;
    let url = '';

    const get = async <T>(path: string, parameters: Record<string, string> = {}): Promise<T> => {
      const response = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
      const body = (await response.json()) as { status: string; error?: string; data: T };
      assert.equal(body.status, 'success', `${parameters.query}: ${body.error}`);
      return body.data;
    };
    const ask = async (query: string): Promise<Series[]> =>
      (await get<{ result: Series[] }>('query', { query })).result;

    before(
      async () => {
        project = mkdtempSync(join(tmpdir(), 'krafter-live-'));
        writeProject(project, platform);
        const distribution = await kafkaDistribution('java', AbortSignal.timeout(300_000));
        cluster = await startCluster(project, platform, distribution);
        for (const service of platform.application.services) {
          services.push(await serveApplicationMetrics(service));
        }
        const [port = 0] = await freePorts(1);
        url = `http://127.0.0.1:${port}`;
        prometheus = startPrometheus(project, platform, cluster, services, port);
        await makeTraffic(platform, cluster);
        // Two scrapes after the last record, for rates.
        await sleep(3000);
      },
      { timeout: 240_000 },
    );
    after(async () => {
      prometheus?.kill('SIGKILL');
      cluster?.stop();
      for (const server of services) server.close();
      await sleep(500);
      rmSync(project, { recursive: true, force: true });
    });

    test('Prometheus reaches all it is told to ask', async () => {
      const { activeTargets } = await get<{
        activeTargets: { scrapePool: string; health: string; lastError: string }[];
      }>('targets');
      assert.deepEqual(
        activeTargets.filter(({ health }) => health !== 'up'),
        [],
      );
      const jobs = new Set(activeTargets.map(({ scrapePool }) => scrapePool));
      assert.equal(jobs.has('certificates'), platform.security !== 'none');
    });

    test('the exporter publishes what queries use, and nothing else of Kafka', async () => {
      const published = new Set<string>();
      for (const { exporterPort } of cluster?.placement ?? []) {
        const response = await fetch(`http://127.0.0.1:${exporterPort}/metrics`);
        for (const [, name = ''] of (await response.text()).matchAll(/^([a-z]\w*)[{ ]/gm)) {
          published.add(name);
        }
      }
      assert.deepEqual(
        [...published].filter((name) => name.startsWith('kafka_')).toSorted(),
        usedMetrics(platform)
          .map(({ name }) => name)
          .toSorted(),
      );
      for (const name of jvmMetrics) assert.ok(published.has(name), name);
    });

    test('each selector of an alert or a panel finds series that have its labels', async () => {
      for (const { name, expr } of [...alertRules(platform), ...panelQueries(platform)]) {
        for (const { text, labels } of selectorsOf(expr)) {
          const series = await ask(text);
          assert.notEqual(series.length, 0, `${name}: nothing matches ${text}`);
          for (const label of labels) {
            assert.ok(
              series.every(({ metric }) => label in metric),
              `${name}: ${text} has no label ${label}`,
            );
          }
        }
      }
    });

    test('each panel shows numbers under a full legend', async () => {
      const legends = dashboards
        .flatMap((dashboard) => dashboard.rows(platform))
        .flatMap((row) => row.panels.flatMap((panel) => panel.queries.map(({ legend }) => legend)));
      const queries = panelQueries(platform);
      assert.equal(queries.length, legends.length);
      for (const [index, { name, expr }] of queries.entries()) {
        const series = await ask(expr);
        assert.ok(
          series.some(({ value }) => Number.isFinite(Number(value[1]))),
          `${name}: ${expr} gives ${JSON.stringify(series)}`,
        );
        for (const [, label = ''] of (legends[index] ?? '').matchAll(/\{\{(\w+)\}\}/g)) {
          assert.ok(
            series.every(({ metric }) => label in metric),
            `${name}: its legend names ${label}`,
          );
        }
      }
    });

    test('each alert compares numbers that are there', async () => {
      for (const { name, expr, summary } of alertRules(platform)) {
        // These two fire when something is not there; their selectors were seen above.
        if (/\babsent\(|\bunless\b/.test(expr)) continue;
        const series = await ask(asBool(expr));
        assert.notEqual(series.length, 0, `${name}: ${expr}`);
        for (const [, label = ''] of summary.matchAll(/\$labels\.(\w+)/g)) {
          assert.ok(
            series.every(({ metric }) => label in metric),
            `${name}: its summary names ${label}`,
          );
        }
      }
    });

    const active = async (): Promise<string[]> => {
      const { groups } = await get<{ groups: { rules: Rule[] }[] }>('rules');
      const rules = groups.flatMap((group) => group.rules);
      assert.equal(rules.length, alertRules(platform).length);
      for (const { name, health } of rules) assert.equal(health, 'ok', name);
      // A cold start on a busy machine is no healthy cluster as far as rates and idleness go.
      return rules
        .filter(({ query, state }) => state !== 'inactive' && !/\[|idle/.test(query))
        .map(({ name }) => name);
    };
    const becomesActive = async (names: readonly string[]): Promise<void> => {
      const deadline = Date.now() + 60_000;
      let seen: string[] = [];
      while (Date.now() < deadline) {
        seen = await active();
        if (names.every((name) => seen.includes(name))) return;
        await sleep(500);
      }
      assert.fail(`${names} were expected, ${seen} came`);
    };

    test('no alert is even pending about a healthy cluster', async () => {
      assert.deepEqual(await active(), []);
    });

    test('a node that dies starts the alerts about it', async () => {
      cluster?.kill('broker-1');
      await becomesActive(['KafkaNodeDown']);
      if (platform.clusters[0].nodes.length === 1) return;
      await becomesActive(['KafkaNodeDown', 'KafkaUnderReplicatedPartitions', 'KafkaBrokerFenced']);
      cluster?.kill('broker-2');
      await becomesActive(['KafkaNodeDown', 'KafkaNoActiveController']);
    });
  });
}

/** With the project's own rules, and its own configuration but for addresses and a shorter interval. */
function startPrometheus(
  project: string,
  platform: Platform,
  { placement }: LoopbackCluster,
  services: readonly Server[],
  port: number,
): ChildProcess {
  const config = prometheusConfig(platform, {
    nodes: placement.map(({ node, exporterPort }) => ({
      name: node.name,
      address: `127.0.0.1:${exporterPort}`,
    })),
    services: platform.application.services.map(({ name }, index) => ({
      name,
      address: `127.0.0.1:${portOf(services[index] as Server)}`,
    })),
    prometheus: `127.0.0.1:${port}`,
    rules: join(project, 'monitoring/alerts.yml'),
  });
  const fast = {
    ...config,
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    scrape_configs: config.scrape_configs.map((job) => ({ ...job, scrape_interval: '1s' })),
  };
  const file = join(project, 'data/prometheus.yml');
  writeFileSync(file, stringify(fast));
  const log = openSync(join(project, 'data/prometheus.log'), 'w');
  return spawn(
    'prometheus',
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${project}/data/prometheus`,
      `--web.listen-address=127.0.0.1:${port}`,
      `--web.user-assets=${join(project, certificateMetricsFolder)}`,
    ],
    { stdio: ['ignore', log, log] },
  );
}

/** Records in, for some seconds, and out again by a group. */
async function makeTraffic(platform: Platform, { tool }: LoopbackCluster): Promise<void> {
  const topic = platform.application.services[0].topic;
  const { replicationFactor } = platform.clusters[0];
  const deadline = Date.now() + 120_000;
  for (;;) {
    try {
      await tool(
        'org.apache.kafka.tools.TopicCommand',
        ...['--bootstrap-server', 'BOOTSTRAP', '--command-config', 'CONFIG'],
        ...['--create', '--if-not-exists', '--topic', topic, '--partitions', '3'],
        ...['--replication-factor', String(replicationFactor)],
      );
      break;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
  const consumed = tool(
    'org.apache.kafka.tools.consumer.ConsoleConsumer',
    ...['--bootstrap-server', 'BOOTSTRAP', '--command-config', 'CONFIG', '--topic', topic],
    ...['--group', 'live-test', '--from-beginning', '--max-messages', '3000'],
  );
  const produced = tool(
    'org.apache.kafka.tools.ProducerPerformance',
    ...['--bootstrap-server', 'BOOTSTRAP', '--command-config', 'CONFIG', '--topic', topic],
    ...['--num-records', '3000', '--record-size', '200', '--throughput', '300'],
  );
  await Promise.all([consumed, produced]);
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

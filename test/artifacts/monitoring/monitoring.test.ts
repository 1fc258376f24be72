import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { parse, stringify } from 'yaml';
import { alertRules, runbook } from '../../../src/artifacts/monitoring/alerts/index.ts';
import {
  dashboardQueries,
  panelQueries,
} from '../../../src/artifacts/monitoring/dashboards/index.ts';
import { usedMetrics } from '../../../src/artifacts/monitoring/exporter.ts';
import { monitoringArtifacts } from '../../../src/artifacts/monitoring/index.ts';
import { applicationMetrics } from '../../../src/catalog/metrics/application.ts';
import { kafkaMetrics } from '../../../src/catalog/metrics/kafka.ts';
import type { Platform } from '../../../src/model/platform.ts';
import { monitoredPlatform } from './platforms.ts';
import { asBool, selectorsOf } from './promql.ts';

const dev = monitoredPlatform({ tier: 1 });
const plain = monitoredPlatform({ tier: 2 });
const production = monitoredPlatform({ tier: 2, security: 'scram' });

const content = (platform: Platform, path: string): string => {
  const artifact = monitoringArtifacts(platform).find((candidate) => candidate.path === path);
  assert.ok(artifact, `no ${path}`);
  return artifact.content;
};

describe('what is generated', () => {
  test('monitoring none is no file', () => {
    assert.deepEqual(monitoringArtifacts(monitoredPlatform({ monitoring: 'none' })), []);
  });

  test('prometheus brings no Grafana, and metrics enough to add one', () => {
    const platform = monitoredPlatform({ monitoring: 'prometheus' });
    const paths = monitoringArtifacts(platform).map(({ path }) => path);
    assert.deepEqual(
      paths.filter((path) => path.includes('grafana')),
      [],
    );
    assert.deepEqual(panelQueries(platform), []);
    assert.equal(
      content(platform, 'monitoring/jmx-exporter.yml'),
      content(dev, 'monitoring/jmx-exporter.yml'),
    );
  });

  test('one broker has no alert about replicas or other brokers', () => {
    const names = alertRules(dev).map(({ name }) => name);
    for (const name of ['KafkaUnderMinIsr', 'KafkaIsrShrinking', 'KafkaBrokerFenced']) {
      assert.ok(!names.includes(name), name);
      assert.ok(alertRules(production).some((alert) => alert.name === name));
    }
  });

  test('certificates are watched only where there are some', () => {
    assert.doesNotMatch(content(dev, 'monitoring/alerts.yml'), /certificate/);
    assert.doesNotMatch(content(dev, 'monitoring/prometheus.yml'), /certificate/);
    assert.match(content(production, 'monitoring/prometheus.yml'), /\/user\/certificates\.prom/);
  });

  test('Prometheus asks every node and every service where it is deployed', () => {
    const targets = (platform: Platform) =>
      parse(content(platform, 'monitoring/prometheus.yml')).scrape_configs.flatMap(
        (job: { static_configs: { targets: string[] }[] }) =>
          job.static_configs.flatMap((group) => group.targets),
      );
    assert.deepEqual(targets(monitoredPlatform({ tier: 2 })), [
      'broker-1:9404',
      'broker-2:9404',
      'broker-3:9404',
      'order-api:8080',
      'order-status:8081',
      'localhost:9090',
    ]);
    assert.deepEqual(targets(monitoredPlatform({ deploy: 'bare-metal' })), [
      'kafka-1.shop.internal:9404',
      '127.0.0.1:8080',
      '127.0.0.1:8081',
      'localhost:9090',
    ]);
  });
});

describe('metrics', () => {
  test('each metric of the catalogue is in an alert or a panel of some platform', () => {
    assert.deepEqual(
      usedMetrics(production).map(({ name }) => name),
      kafkaMetrics.map(({ name }) => name),
    );
  });

  test('metrics of applications are those of the contract', () => {
    const contract = readFileSync('docs/application-contract.md', 'utf8');
    const rows = [...contract.matchAll(/^\| `(app_\w+)` +\| (\w+)[^|]*\| ([^|]*)\|$/gm)];
    assert.deepEqual(
      applicationMetrics.map(({ name, type, labels }) => [name, type, ...labels]),
      rows.map(([, name, type, labels = '']) => [
        name,
        type,
        ...[...labels.replaceAll(/\(.*\)/g, '').matchAll(/`(\w+)`/g)].map(([, label]) => label),
      ]),
    );
  });

  test('queries name nothing that nobody publishes', () => {
    const known = new Set([
      'up',
      'kafka_certificate_not_after_timestamp_seconds',
      ...kafkaMetrics.map(({ name }) => name),
      ...applicationMetrics.flatMap(({ name, type }) =>
        type === 'histogram' ? [`${name}_bucket`] : [name],
      ),
    ]);
    for (const { name, expr } of [...alertRules(production), ...dashboardQueries(production)]) {
      for (const { metric } of selectorsOf(expr)) {
        assert.ok(known.has(metric) || /^(jvm|process)_/.test(metric), `${name}: ${metric}`);
      }
    }
  });
});

describe('dashboards', () => {
  type Panel = {
    id: number;
    type: string;
    title: string;
    description?: string;
    gridPos: { x: number; y: number; w: number; h: number };
    datasource?: { uid: string };
  };
  const models = monitoringArtifacts(production)
    .filter(({ path }) => path.endsWith('.json'))
    .map(({ path, content }) => ({ path, model: JSON.parse(content) }));

  test('there are three, under uids that do not depend on the project', () => {
    assert.deepEqual(
      models.map(({ model }) => model.uid),
      ['kafka-cluster', 'kafka-topics', 'kafka-applications'],
    );
  });

  test('panels have ids of their own, and lie beside each other inside the grid', () => {
    for (const { path, model } of models) {
      const panels: Panel[] = model.panels;
      assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length, path);
      const taken = new Set<string>();
      for (const { title, gridPos } of panels) {
        assert.ok(gridPos.x + gridPos.w <= 24, title);
        for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
          for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
            assert.ok(!taken.has(`${x},${y}`), `${path}: ${title} overlaps at ${x},${y}`);
            taken.add(`${x},${y}`);
          }
        }
      }
    }
  });

  test('each panel says what to look for and follows the chosen data source', () => {
    for (const { path, model } of models) {
      const [first] = model.templating.list;
      assert.equal(first.type, 'datasource');
      for (const panel of (model.panels as Panel[]).filter(({ type }) => type !== 'row')) {
        assert.ok((panel.description?.length ?? 0) > 20, `${path}: ${panel.title}`);
        assert.equal(panel.datasource?.uid, `\${${first.name}}`);
      }
    }
  });
});

describe('runbook', () => {
  test('each alert leads to a section of the README', () => {
    const anchors = new Set(
      runbook(production).map(({ heading }) => heading.toLowerCase().replaceAll(' ', '-')),
    );
    const { groups } = parse(content(production, 'monitoring/alerts.yml'));
    for (const { rules } of groups) {
      for (const { alert, annotations } of rules) {
        const [file, anchor] = annotations.runbook_url.split('#');
        assert.equal(file, 'README.md');
        assert.ok(anchors.has(anchor), alert);
      }
    }
  });
});

describe('the reader of PromQL', () => {
  test('finds metrics, labels of matchers and of groupings', () => {
    const expr = 'sum by (node) (rate(a_total{x="1"}[5m])) > 3 and on (node) b';
    assert.deepEqual(selectorsOf(expr), [
      { text: 'a_total{x="1"}', metric: 'a_total', labels: ['x', 'node', 'node'] },
      { text: 'b', metric: 'b', labels: ['node'] },
    ]);
    assert.equal(asBool(expr), expr.replace('>', '> bool'));
    assert.throws(() => selectorsOf('sum(a{)'), /not PromQL/);
  });
});

const promtoolMissing = spawnSync('promtool', ['--version']).error !== undefined;

describe('promtool', {
  skip: promtoolMissing && !process.env.CI && 'promtool is not installed',
}, () => {
  const choices = {
    'one broker': dev,
    'three secured brokers': production,
    'three secured machines with large disks': monitoredPlatform({
      tier: 2,
      security: 'scram',
      deploy: 'bare-metal',
      monitoring: 'prometheus',
      disk: '2t',
    }),
  };
  for (const [name, platform] of Object.entries(choices)) {
    test(`${name}: configuration and rules are valid, every alert fires and resolves`, () => {
      withProject(platform, (promtool) => {
        assert.match(promtool('check', 'config', 'monitoring/prometheus.yml'), /SUCCESS/);
        assert.match(
          promtool('check', 'rules', 'monitoring/alerts.yml'),
          new RegExp(`${alertRules(platform).length} rules found`),
        );
        assert.match(promtool('test', 'rules', 'monitoring/alerts.test.yml'), /SUCCESS/);
      });
    });
  }

  test('a disk that fills in three days is told, and one that takes ten is not', () => {
    const size = 'kafka_log_size_bytes{node="broker-1",topic="t",partition="0"}';
    // Of 100 GB: 40, and 20 or 5 more each day.
    const perMinute = (gigabytesPerDay: number) => `40e9+${(gigabytesPerDay * 1e9) / 1440}x500`;
    const within = { minutes: 500, every: '1m' };
    assert.deepEqual(fired(plain, { [size]: perMinute(20) }, within), ['KafkaDiskFilling']);
    assert.deepEqual(fired(plain, { [size]: perMinute(5) }, within), []);
  });

  test('a load test on an empty disk is no disk that fills', () => {
    const size = 'kafka_log_size_bytes{node="broker-1",topic="t",partition="0"}';
    const within = { minutes: 200, every: '1m' };
    assert.deepEqual(fired(plain, { [size]: '0+100e6x200' }, within), []);
  });

  test('restarts of a consumer are silent, also where `krafter up` waits seconds only', () => {
    const labels = 'job="applications",role="consumer",service="order-status"';
    const inSeconds = (rules: string) => rules.replaceAll(/for: \d+m/g, 'for: 4s');
    // Every 15 s. Four kills, as the drill redelivery has them: down, then a minute without
    // partitions. After 11 minutes it has none for good.
    const restarts = {
      [`up{${labels}}`]: `1x9 ${'0 1x7 '.repeat(4)} 1x60`,
      [`app_consumer_lag_records{${labels},topic="t",partition="0"}`]: `0x9 ${'stale _x4 0x2 '.repeat(4)} stale _x60`,
    };
    const firedWithin = (minutes: number) =>
      fired(plain, restarts, { minutes, every: '15s', change: inSeconds }).filter(
        (name) => name !== 'ApplicationDown',
      );
    assert.deepEqual(firedWithin(12), []);
    assert.deepEqual(firedWithin(14), ['ConsumerWithoutPartitions']);
  });
});

type Promtool = (...args: string[]) => string;

function withProject<T>(platform: Platform, use: (promtool: Promtool, project: string) => T): T {
  const project = mkdtempSync(join(tmpdir(), 'krafter-monitoring-'));
  try {
    for (const { path, content } of monitoringArtifacts(platform)) {
      mkdirSync(dirname(join(project, path)), { recursive: true });
      writeFileSync(join(project, path), content);
    }
    return use(
      (...args) =>
        execFileSync('promtool', args, { cwd: project, encoding: 'utf8', stdio: 'pipe' }),
      project,
    );
  } finally {
    rmSync(project, { recursive: true });
  }
}

type Within = {
  readonly minutes: number;
  /** Between two samples, and two evaluations. */
  readonly every: string;
  readonly change?: (rules: string) => string;
};

/** Which alerts a platform's rules fire, given its samples. */
const fired = (
  platform: Platform,
  series: Readonly<Record<string, string>>,
  { minutes, every, change = (rules) => rules }: Within,
): string[] =>
  withProject(platform, (promtool, project) => {
    writeFileSync(join(project, 'rules.yml'), change(content(platform, 'monitoring/alerts.yml')));
    const question = {
      expr: `count by (alertname) (max_over_time(ALERTS{alertstate="firing"}[${minutes}m]))`,
      eval_time: `${minutes}m`,
      // promtool tells what it got instead of this, which nothing gives.
      exp_samples: [{ labels: '{alertname="none"}', value: 1 }],
    };
    writeFileSync(
      join(project, 'test.yml'),
      stringify({
        rule_files: ['rules.yml'],
        evaluation_interval: every,
        tests: [
          {
            interval: every,
            input_series: Object.entries(series).map(([name, values]) => ({
              series: name,
              values,
            })),
            promql_expr_test: [question],
          },
        ],
      }),
    );
    try {
      return [promtool('test', 'rules', 'test.yml')];
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      const [, got] = /got:(.*)/.exec(stdout + stderr) ?? [];
      assert.ok(got !== undefined, stdout + stderr);
      return [...got.matchAll(/alertname="(\w+)"/g)].map(([, name = '']) => name).toSorted();
    }
  });

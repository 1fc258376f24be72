import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseDocument, stringify } from 'yaml';
import { alertsPath } from '../../artifacts/monitoring/alerts/index.ts';
import {
  certificateMetricsFolder,
  prometheusConfig,
} from '../../artifacts/monitoring/prometheus.ts';
import { milliseconds } from '../../blueprint/units.ts';
import type { Platform } from '../../model/platform.ts';
import { launch, type ProcessId } from '../processes.ts';
import { type RunState, workFolder } from '../run-state.ts';
import { projectVariable } from './strays.ts';

/** Prometheus of this machine, if it has one. */
export function prometheusPath(): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'prometheus'))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** A laptop's patience: an outage of seconds must show in an alert that waits for minutes. */
const scrapeInterval = '2s';
const longestWaitMs = 4000;

/** The project's alerts on this machine's addresses; waits of minutes are cut to seconds. */
export async function startPrometheus(
  project: string,
  platform: Platform,
  state: RunState,
  binary: string,
): Promise<ProcessId> {
  const { prometheus } = state;
  if (!prometheus) throw new Error('no port for Prometheus');
  const work = join(workFolder(project), 'run', 'prometheus');
  mkdirSync(work, { recursive: true });
  const rules = join(work, 'alerts.yml');
  writeFileSync(rules, impatient(readFileSync(join(project, alertsPath), 'utf8')));
  const config = prometheusConfig(platform, {
    nodes: state.nodes.map(({ name, exporterPort }) => ({
      name,
      address: `127.0.0.1:${exporterPort}`,
    })),
    services: state.services.map(({ name, port }) => ({ name, address: `127.0.0.1:${port}` })),
    prometheus: `127.0.0.1:${prometheus.port}`,
    rules,
  });
  const file = join(work, 'prometheus.yml');
  writeFileSync(
    file,
    stringify({
      ...config,
      global: { scrape_interval: scrapeInterval, evaluation_interval: scrapeInterval },
      scrape_configs: config.scrape_configs.map((job) => ({
        ...job,
        scrape_interval: scrapeInterval,
      })),
    }),
  );
  const process_ = await launch({
    command: binary,
    args: [
      `--config.file=${file}`,
      `--web.listen-address=127.0.0.1:${prometheus.port}`,
      `--storage.tsdb.path=${join(workFolder(project), 'data', 'prometheus')}`,
      '--storage.tsdb.retention.time=1d',
      `--web.user-assets=${join(project, certificateMetricsFolder)}`,
    ],
    cwd: work,
    env: { PATH: process.env.PATH, [projectVariable]: project },
    log: prometheus.log,
  });
  await waitUntilReady(prometheus.port);
  return process_;
}

/** The rules with every `for` cut to a few seconds; everything else as the file has it. */
function impatient(rules: string): string {
  const document = parseDocument(rules);
  const groups = document.toJS() as { groups: { rules: { for?: string }[] }[] };
  for (const [group, { rules: list }] of groups.groups.entries()) {
    for (const [index, rule] of list.entries()) {
      if (!rule.for || !/^[0-9]+[smhd]$/.test(rule.for)) continue;
      const wait = rule.for.endsWith('s')
        ? Number(rule.for.slice(0, -1)) * 1000
        : milliseconds(rule.for);
      if (wait > longestWaitMs) {
        document.setIn(['groups', group, 'rules', index, 'for'], `${longestWaitMs / 1000}s`);
      }
    }
  }
  return document.toString({ lineWidth: 0 });
}

async function waitUntilReady(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      if ((await fetch(`http://127.0.0.1:${port}/-/ready`)).ok) return;
    } catch {
      // Not yet.
    }
    await sleep(100);
  }
}

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
import { obstacle } from '../../errors.ts';
import type { Platform } from '../../model/platform.ts';
import { isRunning, launch, type ProcessId } from '../processes.ts';
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
  save: () => void,
): Promise<void> {
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
  prometheus.process = await launch({
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
  save();
  await waitUntilReady(prometheus.process, prometheus.port, prometheus.log);
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

async function waitUntilReady(process_: ProcessId, port: number, log: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (isRunning(process_) && Date.now() < deadline) {
    try {
      if ((await fetch(`http://127.0.0.1:${port}/-/ready`)).ok) return;
    } catch {
      // Not yet.
    }
    await sleep(100);
  }
  const ended = !isRunning(process_);
  throw obstacle({
    what: ended ? 'Prometheus ended while it started.' : 'Prometheus was not ready after 30 s.',
    where: log,
    why: complaints(readFileSync(log, 'utf8')),
    next: `Mend what it names, perhaps in ${alertsPath}, then run \`krafter up\` again.`,
  });
}

/** Its errors, without the time and the place in its sources. */
const complaints = (log: string): string =>
  log
    .split('\n')
    .filter((line) => /level=(error|warn)/i.test(line))
    .slice(-2)
    .map((line) => /\b(?:msg|err)=.*/.exec(line)?.[0] ?? line)
    .join('\n');

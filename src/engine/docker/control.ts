import { execa } from 'execa';
import { kitOf, runtimeOf } from '../../artifacts/apps/index.ts';
import { adminClientPath } from '../../artifacts/clients/index.ts';
import { inContainer } from '../../artifacts/compose/mounts.ts';
import { oneShots, prometheusPort } from '../../catalog/own-parts.ts';
import { obstacle } from '../../errors.ts';
import { bootstrapServers, deployedPlacement } from '../../model/placement.ts';
import { isSecured, type Platform } from '../../model/platform.ts';
import type { Control } from '../control.ts';
import { valuesOf } from '../kafka-tools.ts';
import { compose, type Output, requireDocker } from './compose.ts';
import { listContainers } from './status.ts';

/** Control over what `docker compose up` started. */
export async function dockerControl(
  project: string,
  platform: Platform,
  signal: AbortSignal,
): Promise<Control> {
  await requireDocker();
  const [producer, consumer] = platform.application.services;
  const placement = deployedPlacement(platform);
  const run = async (...args: string[]): Promise<Output> =>
    succeeded(project, args, await compose(project, args, { signal, timeoutMs: 180_000 }));
  /** As it is published on this machine; overlays may have moved it. */
  const url = async (service: string, port: number) =>
    `http://${(await run('port', service, String(port))).text.trim()}`;
  const onContainer = (action: string) => async (service: string) => {
    const container = (await listContainers(project)).find(({ Service }) => Service === service);
    if (!container) throw new Error(`${service} is not running here`);
    // Not by Compose, which would start what the service depends on as well.
    await execa('docker', [action, container.ID], { cancelSignal: signal, timeout: 60_000 });
  };

  return {
    producerUrl: await url(producer.name, producer.port),
    consumerUrl: await url(consumer.name, consumer.port),
    prometheusUrl:
      platform.monitoring === 'none' ? undefined : await url('prometheus', prometheusPort),
    killNode: onContainer('kill'),
    startNode: onContainer('start'),
    pauseNode: onContainer('pause'),
    resumeNode: onContainer('unpause'),
    killService: onContainer('kill'),
    startService: (name, extra = {}) => recreate(project, name, extra, signal),
    readValues: async (topic, isolation) =>
      valuesOf(topic, isolation, async (args) => {
        const { text } = await compose(
          project,
          [
            ...['run', '--rm', '--no-deps', '--no-TTY', '--quiet-pull'],
            ...['--entrypoint', '/opt/kafka/bin/kafka-console-consumer.sh', oneShots.topics],
            ...['--bootstrap-server', bootstrapServers(platform.clusters[0], placement, 'clients')],
            ...(isSecured(platform) ? ['--command-config', inContainer(adminClientPath)] : []),
            ...args,
          ],
          { signal, timeoutMs: 120_000 },
        );
        return text;
      }),
    async generate(count, seed) {
      const { text } = await run(
        ...['exec', '--no-TTY', producer.name],
        ...[...runtimeOf(platform).inImage(platform.name), ...kitOf(platform).commands.generate],
        ...['--print', '--count', String(count), '--seed', String(seed)],
      );
      return text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as unknown);
    },
    placement,
    // Published by nothing: it is for the nodes alone.
    controller: undefined,
    nodeLogs: async () =>
      new Map(
        await Promise.all(
          placement.map(async ({ node }) => {
            // What the authorizer writes is in it: log4j2.yaml sends it to both.
            const { text } = await run('logs', '--no-color', '--no-log-prefix', node.name);
            return [node.name, text] as const;
          }),
        ),
      ),
  };
}

/**
 * A service's container made anew, with more in its environment. The whole configuration goes by
 * standard input, because it holds passwords.
 */
async function recreate(
  project: string,
  service: string,
  extra: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  const read = ['config', '--format', 'json'];
  const { text } = succeeded(project, read, await compose(project, read, { signal }));
  const configuration = JSON.parse(text) as {
    services: Record<string, { environment?: Record<string, string> }>;
  };
  const own = configuration.services[service];
  if (!own) throw new Error(`no service ${service}`);
  own.environment = { ...own.environment, ...extra };
  const args = [
    ...['--file', '-', 'up', '--detach', '--no-deps', '--no-build', '--force-recreate'],
    ...['--wait', '--wait-timeout', '90', service],
  ];
  succeeded(
    project,
    args,
    await compose(project, args, {
      signal,
      timeoutMs: 120_000,
      // Dollar signs that are meant as such come doubled already.
      input: JSON.stringify(configuration),
    }),
  );
}

function succeeded(project: string, args: readonly string[], output: Output): Output {
  if (output.exitCode === 0) return output;
  throw obstacle({
    what: `docker compose ${args.find((arg) => !arg.startsWith('-'))} failed.`,
    where: project,
    why: output.lines.slice(-3).join('\n'),
    next: 'See what there is: docker compose ps --all',
  });
}

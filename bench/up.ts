// How long `krafter up` takes from nothing to the first topic, three secured brokers on this
// machine, against a shell loop that formats and starts the same nodes and makes one topic, with
// the same flags. Both have Kafka and the certificates already.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { initialControllers } from '../src/artifacts/broker/cluster-files.ts';
import { log4j2Path } from '../src/artifacts/broker/index.ts';
import { adminClientPath } from '../src/artifacts/clients/index.ts';
import { openProject } from '../src/cli/project.ts';
import { withAdmin } from '../src/cluster/connect.ts';
import { accessTo } from '../src/engine/access.ts';
import { nativeBootstrap } from '../src/engine/native/access.ts';
import { kafkaDistribution } from '../src/engine/native/distribution.ts';
import { nativeDown } from '../src/engine/native/down.ts';
import { findJava } from '../src/engine/native/java.ts';
import { nodeFlags } from '../src/engine/native/nodes.ts';
import { nativePlacement } from '../src/engine/native/placement.ts';
import { portsOf } from '../src/engine/native/ports.ts';
import { readySecrets } from '../src/engine/native/secrets.ts';
import { nativeUp } from '../src/engine/native/up.ts';
import type { Progress } from '../src/engine/progress.ts';
import { readRunState } from '../src/engine/run-state.ts';
import { scramUsers } from '../src/model/platform.ts';
import { report } from './report.ts';

const rounds = 3;
const signal = AbortSignal.timeout(900_000);
const quiet = () => undefined;
const parent = mkdtempSync(join(tmpdir(), 'krafter-bench-'));
const project = join(parent, 'shop');

try {
  const cli = join(import.meta.dirname, '..', 'src', 'cli', 'main.ts');
  const answers = ['--tier', '2', '--monitoring', 'none', '--yes'];
  await execa(process.execPath, [cli, 'new', project, ...answers]);
  const { platform } = openProject(project);
  const [cluster] = platform.clusters;
  const java = await findJava();
  const { home, libs, jvmFlags } = await kafkaDistribution(java, signal);
  const secrets = await readySecrets(project, platform, signal);
  const ours: number[] = [];
  const theirs: number[] = [];

  const seconds = async (work: () => Promise<unknown>): Promise<number> => {
    const start = performance.now();
    await work();
    return (performance.now() - start) / 1000;
  };
  const up = (progress: Progress) =>
    nativeUp(project, platform, { progress, signal, withApplications: false });

  const firstTopic = async () => {
    for (;;) {
      await sleep(200);
      const state = readRunState(project);
      if (!state) continue;
      const access = accessTo(project, platform, nativeBootstrap(platform, state), secrets);
      const topics = await withAdmin(access, (admin) => admin.listTopics()).catch(() => []);
      if (topics.length > 0) return;
    }
  };

  for (let round = 0; round < rounds; round++) {
    let running: ReturnType<typeof up> | undefined;
    ours.push(
      await seconds(async () => {
        // Asked before, it would only take the processors from the brokers.
        await new Promise<void>((reached) => {
          running = up((event) => {
            if (event.kind === 'step' && event.text.startsWith('Topics')) reached();
          });
        });
        await firstTopic();
      }),
    );
    if (!running) throw new Error('nothing runs');
    const { nodes } = await running;
    await nativeDown(project, quiet, { volumes: false });
    const placement = nativePlacement(cluster, project, nodes.map(portsOf));
    for (const { dataDirectory } of nodes) rmSync(dataDirectory, { recursive: true });
    const scram = scramUsers(cluster).map(
      ({ name, variable }) => `--add-scram 'SCRAM-SHA-512=[name=${name},password='$${variable}']'`,
    );
    const each = nodes.map(({ id, config }) => {
      const node = cluster.nodes.find((candidate) => candidate.id === id);
      if (!node) throw new Error(`no node ${id}`);
      return { config, flags: [...nodeFlags(node), ...jvmFlags].join(' ') };
    });
    const script = [
      ...each.map(
        ({ config, flags }) =>
          `java ${flags} -cp '${libs}/*' kafka.tools.StorageTool format --cluster-id ${cluster.id} --config ${config} --initial-controllers ${initialControllers(cluster, placement)} ${scram.join(' ')} >/dev/null &`,
      ),
      'wait',
      ...each.map(
        ({ config, flags }, index) =>
          `java ${flags} -Dkafka.logs.dir=${parent}/${index} -Dlog4j2.configurationFile=${project}/${log4j2Path} -cp '${libs}/*' kafka.Kafka ${config} >${parent}/${index}.log 2>&1 &`,
      ),
      // Asked again and again, the tool would take the processors from the brokers.
      ...nodes.map(
        ({ ports }) =>
          `until (: </dev/tcp/localhost/${ports.CLIENT}) 2>/dev/null; do sleep 0.1; done`,
      ),
      `until ${home}/bin/kafka-topics.sh --bootstrap-server localhost:${nodes[0]?.ports.CLIENT} --command-config ${adminClientPath} --create --topic first >/dev/null 2>&1; do sleep 0.1; done`,
      'echo ready',
      'read -r _',
      'kill $(jobs -p); wait',
    ].join('\n');
    writeFileSync(join(parent, 'loop.sh'), script, { mode: 0o700 });
    const loop = execa('bash', [join(parent, 'loop.sh')], {
      cwd: project,
      env: { ...secrets, PATH: `${process.env.PATH}` },
      stdin: 'pipe',
      timeout: 180_000,
    });
    theirs.push(await seconds(() => new Promise((resolve) => loop.stdout?.once('data', resolve))));
    loop.stdin?.end('\n');
    await loop.catch(() => undefined);
    for (const { dataDirectory } of nodes) rmSync(dataDirectory, { recursive: true, force: true });
  }
  report('krafter up, three secured brokers to the first topic, against a shell loop', 1.2, {
    unit: 's',
    ours,
    theirs,
  });
} finally {
  await nativeDown(project, quiet, { volumes: true });
  rmSync(parent, { recursive: true, force: true });
}

/**
 * One secured platform of three brokers: every drill passes on it, and then each one fails when
 * the thing that it guards is sabotaged. A drill that can't fail proves nothing.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { ConfigResourceTypes, IncrementalAlterConfigOperationTypes } from '@platformatic/kafka';
import { openProject } from '../../../src/cli/project.ts';
import { type ClusterAccess, withAdmin } from '../../../src/cluster/connect.ts';
import { projectAccess } from '../../../src/engine/access.ts';
import { passwordVariable } from '../../../src/model/platform.ts';
import { krafter, mustRun, runningProject, verify } from '../../support/krafter.ts';

describe('tier 2, SCRAM over TLS, Prometheus, natively', () => {
  let project: Awaited<ReturnType<typeof runningProject>>;
  before(async () => {
    project = await runningProject(['--tier', '2', '--use-case', 'streaming', '--lang', 'python']);
  });
  after(() => project?.end());

  test('every drill passes, each with figures', async () => {
    const { code, drills } = await verify(project.folder);
    assert.deepEqual(
      drills.filter(({ status }) => status !== 'passed'),
      [],
    );
    assert.equal(drills.length, 8);
    for (const { id, evidence } of drills) assert.ok(Object.keys(evidence).length >= 3, id);
    assert.equal(code, 0);
  });

  test('status knows nodes, quorum, lag and memory', async () => {
    const { out } = await mustRun(['status', project.folder, '--json']);
    const status = JSON.parse(out) as {
      running: { state: string; memoryBytes: number }[];
      cluster: {
        quorum: { voters: number[]; leader: number };
        topics: number;
        internal: { topics: number; partitions: number };
        underReplicated: unknown[];
      };
      lag: { lag: number }[];
    };
    assert.equal(status.running.length, 6);
    assert.ok(
      status.running.every(({ state, memoryBytes }) => state === 'running' && memoryBytes > 1e7),
    );
    assert.deepEqual(status.cluster.quorum.voters.toSorted(), [1, 2, 3]);
    const { topics, internal } = status.cluster;
    assert.ok(internal.topics > 0 && internal.partitions >= internal.topics);
    assert.ok(topics - internal.topics >= 2, 'those of the platform');
    assert.deepEqual(status.cluster.underReplicated, []);
    assert.equal(status.lag[0]?.lag, 0);
  });

  test('the script for topics and rights finds nothing to change, and refuses what would lose records', async () => {
    const edited = join(project.folder, 'topics/topics.conf');
    const text = readFileSync(edited, 'utf8');
    assert.match(await applyTopics(project.folder), /nothing to change/);
    writeFileSync(
      edited,
      text
        .replace('partitions=6', 'partitions=3')
        .replace('retention.ms=604800000', 'retention.ms=60000'),
    );
    try {
      const refused = await applyTopics(project.folder, '--plan');
      assert.match(refused, /refused: topic web\.page-views\.v1: partitions 6 -> 3/);
      assert.match(refused, /refused: .*retention\.ms 604800000 -> 60000 would delete records/);
    } finally {
      writeFileSync(edited, text);
    }
  });

  test('two users that are added at once log in, each with its own password only', async () => {
    const users = ['first.user', 'second-user'];
    const lines = users.map((user) => `${user} ${passwordVariable(user)} SCRAM-SHA-512\n`);
    await withMore(
      project.folder,
      { 'security/users.conf': lines.join(''), '.env': '' },
      async () => {
        await run('bash', ['security/secrets.sh'], { cwd: project.folder });
        assert.match(await applyTopics(project.folder), /2 changes made/);
        const [first, second] = await Promise.all(
          users.map((user) => accessAs(project.folder, user)),
        );
        assert.ok(first?.sasl && second?.sasl);
        for (const access of [first, second])
          await withAdmin(access, (admin) => admin.listTopics());
        const mixed = {
          ...second,
          sasl: { ...second.sasl, username: 'first.user' },
        } as ClusterAccess;
        await assert.rejects(withAdmin(mixed, (admin) => admin.listTopics()));
      },
    );
    // They stay: a broker of Kafka 4.3.1 that starts again after a user was deleted knows no user any more.
  });

  test('the script for topics compares with what holds in the cluster, by exact names', async () => {
    const file = join(project.folder, 'topics/topics.conf');
    const given = readFileSync(file, 'utf8');
    const create = ['--create', '--partitions', '1', '--replication-factor', '3', '--topic'];
    await kafkaTool(project.folder, 'kafka-topics.sh', [...create, 'a-b.v1']);
    await kafkaTool(project.folder, 'kafka-topics.sh', [
      ...create,
      'c.v1',
      ...[
        'retention.ms=2592000000',
        'cleanup.policy=compact,delete',
        'max.message.bytes=2000000',
      ].flatMap((setting) => ['--config', setting]),
    ]);
    const topics = `
topic a.b.v1 partitions=1 replication=3 min.insync.replicas=2
topic a-b.v1 partitions=1 replication=3 min.insync.replicas=2 retention.ms=3600000
topic c.v1 partitions=1 replication=3 min.insync.replicas=2 cleanup.policy=delete
`;
    await withMore(project.folder, { 'topics/topics.conf': topics }, async () => {
      const applied = await applyTopics(project.folder);
      assert.match(applied, /\+ topic a\.b\.v1/);
      assert.match(
        applied,
        /refused: topic a-b\.v1: retention\.ms 604800000 \(inherited\) -> 3600000/,
      );
      assert.match(
        applied,
        /refused: topic c\.v1: retention\.ms 2592000000 is not in topics\.conf; 604800000 instead/,
      );
      assert.match(applied, /~ topic c\.v1: cleanup\.policy compact,delete -> delete/);
      assert.match(applied, /- topic c\.v1: max\.message\.bytes 2000000/);
      const again = await applyTopics(project.folder);
      assert.equal(again.match(/refused/g)?.length, 2, again);
      assert.match(again, /nothing to change/);
      const more = (name: string) =>
        `${given}topic ${name} partitions=2 replication=3 min.insync.replicas=2\n`;
      writeFileSync(file, more('a.b.v1'));
      assert.match(await applyTopics(project.folder), /a\.b\.v1: partitions 1 -> 2/);
      // Kafka's tool takes a name as a regular expression; the other topic is as it was.
      writeFileSync(file, more('a-b.v1'));
      assert.match(await applyTopics(project.folder, '--plan'), /a-b\.v1: partitions 1 -> 2/);
    });
    await kafkaTool(project.folder, 'kafka-topics.sh', ['--delete', '--topic', 'a.b.v1|c.v1']);
  });

  test('up again changes nothing that runs', async () => {
    const before_ = readFileSync(join(project.folder, '.krafter/run.json'), 'utf8');
    await mustRun(['up', project.folder]);
    assert.equal(readFileSync(join(project.folder, '.krafter/run.json'), 'utf8'), before_);
  });

  for (const sabotage of [
    {
      drill: 'broker-loss',
      what: 'producers that do not wait for replicas (acks=1)',
      file: 'clients/producer.properties',
      from: 'acks=all',
      to: 'acks=1',
      reason: /acknowledged records are gone/,
    },
    {
      drill: 'exactly-once',
      what: 'consumers that read uncommitted records',
      file: 'clients/consumer.properties',
      from: 'isolation.level=read_committed',
      to: 'isolation.level=read_uncommitted',
      reason: /records are in the output more than once/,
    },
    {
      drill: 'metrics',
      what: 'an alert on a misspelt metric',
      file: 'monitoring/alerts.yml',
      from: 'kafka_controller_offline_partitions',
      to: 'kafka_controller_ofline_partitions',
      reason: /KafkaOfflinePartitions asks for what nobody exports/,
    },
  ]) {
    test(`${sabotage.drill} fails on ${sabotage.what}`, async () => {
      await withEdit(project.folder, sabotage, async () => {
        const { code, drills } = await verify(project.folder, [sabotage.drill]);
        assert.equal(drills[0]?.status, 'failed');
        assert.match(drills[0]?.reason ?? '', sabotage.reason);
        assert.equal(code, 1);
      });
    });
  }

  for (const sabotage of [
    {
      drill: 'round-trip',
      what: 'a consumer that leaves some events out',
      file: 'app/src/platform_app/consumer/batch.py',
      from: '            try:\n                received.append',
      to: '            if record.offset % 50 == 7:\n                continue\n            try:\n                received.append',
      reason: /of 500 events are in the store/,
    },
    {
      drill: 'poison',
      what: 'a consumer that drops what it can not read',
      file: 'app/src/platform_app/consumer/loop.py',
      from: '        if batch.dead:\n            topic, group',
      to: '        batch.dead = []\n        if batch.dead:\n            topic, group',
      reason: /0 dead letters for 5 broken records/,
    },
    {
      drill: 'redelivery',
      what: 'a consumer that commits before the effect',
      file: 'app/src/platform_app/consumer/loop.py',
      from: '            self._processor.apply(batch)\n',
      to: '            self._offsets.done(batch.records)\n            self._subscription.commit_now(self._offsets.take())\n            time.sleep(0.2)\n            self._processor.apply(batch)\n',
      reason: /nothing was delivered twice|events are in the store/,
    },
  ]) {
    test(`${sabotage.drill} fails on ${sabotage.what}`, async () => {
      await withEdit(project.folder, sabotage, async () => {
        await restartConsumer(project.folder);
        const { drills } = await verify(project.folder, [sabotage.drill]);
        assert.equal(drills[0]?.status, 'failed');
        assert.match(drills[0]?.reason ?? '', sabotage.reason);
      });
      await restartConsumer(project.folder);
    });
  }

  test('boot fails on a live setting that drifted from the project', async () => {
    await alterBroker(project.folder, 'log.retention.hours', null);
    await alterBroker(project.folder, 'num.io.threads', '9');
    const { drills } = await verify(project.folder, ['boot']);
    await alterBroker(project.folder, 'num.io.threads', null);
    assert.match(drills[0]?.reason ?? '', /num\.io\.threads is 9 but the project says 8/);
  });

  test('intruders and boot fail on a right that nobody was meant to have', async () => {
    const acl = [
      '--allow-principal',
      'User:page-analytics',
      '--operation',
      'Write',
      '--topic',
      'web.page-views.v1',
    ];
    await kafkaTool(project.folder, 'kafka-acls.sh', ['--add', ...acl]);
    const { drills } = await verify(project.folder, ['boot', 'intruders']);
    await kafkaTool(project.folder, 'kafka-acls.sh', ['--remove', '--force', ...acl]);
    assert.match(drills[0]?.reason ?? '', /page-analytics may Write topic web\.page-views\.v1/);
    assert.match(drills[1]?.reason ?? '', /foreignTopic was let in/);
  });

  test('down ends everything and says how many', async () => {
    const { out } = await krafter(['down', project.folder, '--json']);
    assert.equal((JSON.parse(out) as { ended: number }).ended, 6);
    const again = await krafter(['down', project.folder]);
    assert.match(again.err, /Nothing of this project was running/);
  });
});

/** Files with lines more, as long as something runs. */
async function withMore(
  folder: string,
  more: Readonly<Record<string, string>>,
  run: () => Promise<void>,
): Promise<void> {
  const before = Object.keys(more).map((file) => [file, readFileSync(join(folder, file))] as const);
  for (const [file, lines] of Object.entries(more)) appendFileSync(join(folder, file), lines);
  try {
    await run();
  } finally {
    for (const [file, text] of before) writeFileSync(join(folder, file), text);
  }
}

async function accessAs(folder: string, user: string): Promise<ClusterAccess | undefined> {
  const open = openProject(folder);
  return projectAccess(open.folder, open.platform, user);
}

type Edit = { readonly file: string; readonly from: string; readonly to: string };

async function withEdit(
  folder: string,
  { file, from, to }: Edit,
  run: () => Promise<void>,
): Promise<void> {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  assert.ok(text.includes(from), `${file} no longer has the line to sabotage`);
  writeFileSync(path, text.replaceAll(from, to));
  try {
    await run();
  } finally {
    writeFileSync(path, text);
  }
}

/** Ends the consumer the hard way; `up` starts what does not run. */
async function restartConsumer(folder: string): Promise<void> {
  const state = JSON.parse(readFileSync(join(folder, '.krafter/run.json'), 'utf8')) as {
    services: { role: string; process: { pid: number } }[];
  };
  const consumer = state.services.find(({ role }) => role === 'consumer');
  if (consumer) process.kill(consumer.process.pid, 'SIGTERM');
  await new Promise((resolve) => setTimeout(resolve, 2000));
  await mustRun(['up', folder]);
}

const run = promisify(execFile);

async function kafkaTool(folder: string, tool: string, args: readonly string[]): Promise<void> {
  const { env, bootstrap } = await toolEnvironment(folder);
  await run(
    join(env.KAFKA_HOME, 'bin', tool),
    ['--bootstrap-server', bootstrap, '--command-config', 'clients/admin.properties', ...args],
    { cwd: folder, env },
  );
}

async function applyTopics(folder: string, ...args: string[]): Promise<string> {
  const { env, bootstrap } = await toolEnvironment(folder);
  const options = {
    cwd: folder,
    env: {
      ...env,
      KAFKA_BOOTSTRAP_SERVERS: bootstrap,
      KAFKA_COMMAND_CONFIG: 'clients/admin.properties',
    },
  };
  return run('bash', ['topics/apply.sh', ...args], options).then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  );
}

async function toolEnvironment(folder: string) {
  const { kafkaHome } = await import('../../../src/engine/native/distribution.ts');
  const { readEnv } = await import('../../../src/engine/native/secrets.ts');
  const open = openProject(folder);
  const access = await projectAccess(open.folder, open.platform);
  return {
    env: { ...process.env, ...readEnv(folder), KAFKA_HOME: kafkaHome() },
    bootstrap: access?.bootstrap.join(',') ?? '',
  };
}

async function alterBroker(folder: string, name: string, value: string | null): Promise<void> {
  const open = openProject(folder);
  const access = await projectAccess(open.folder, open.platform);
  assert.ok(access);
  await withAdmin(access, (admin) =>
    admin.incrementalAlterConfigs({
      resources: [
        {
          resourceType: ConfigResourceTypes.BROKER,
          resourceName: '1',
          configs: [
            {
              name,
              configOperation:
                value === null
                  ? IncrementalAlterConfigOperationTypes.DELETE
                  : IncrementalAlterConfigOperationTypes.SET,
              value: value ?? '',
            },
          ],
        },
      ],
    }),
  );
}

/** Generated projects in containers, on a Docker engine of their own (see test/testbed). */
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import {
  Consumer,
  MessagesStreamModes,
  ProduceAcks,
  Producer,
  stringDeserializers,
  stringSerializers,
} from '@platformatic/kafka';
import { execa } from 'execa';
import { type ClusterAccess, clientOptions, withAdmin } from '../../../src/cluster/connect.ts';
import { innermost } from '../../../src/cluster/errors.ts';
import { clusterHealth } from '../../../src/cluster/observe.ts';
import { drills } from '../../../src/drills/index.ts';
import { runDrills } from '../../../src/drills/run.ts';
import { dockerDown } from '../../../src/engine/docker/down.ts';
import { dockerEngine } from '../../../src/engine/docker/index.ts';
import { dockerUp } from '../../../src/engine/docker/up.ts';
import type { ProgressEvent } from '../../../src/engine/progress.ts';
import { KrafterError, type Trouble } from '../../../src/errors.ts';
import { docker, obstacleToDocker, startDocker } from '../../testbed/docker.ts';
import { buildStandIns } from '../../testbed/images.ts';
import { type ComposeProject, composeProject, leftOver } from './project.ts';

const skip = obstacleToDocker() ?? false;
const topic = 'web.page-views.v1';

/** Those that start and kill containers, or look into them; the others speak to Kafka and HTTP. */
const ofContainers = ['boot', 'round-trip', 'broker-loss', 'redelivery', 'metrics'];
const ownDrills = drills.filter(
  ({ id }) => process.env.KRAFTER_FULL === '1' || ofContainers.includes(id),
);

describe('docker compose', { skip, timeout: 1_500_000 }, () => {
  let engine: AsyncDisposable;
  before(async () => {
    engine = await startDocker();
    await buildStandIns();
  });
  after(() => engine?.[Symbol.asyncDispose]());

  describe('tier 1, without security', () => {
    let project: ComposeProject;
    before(() => {
      project = composeProject({ tier: 1, security: 'none', monitoring: 'none' });
    });
    after(() => end(project));

    it('needs no .env: Compose has nothing to say about the file', async () => {
      assert.deepEqual(await project.compose('config', '--quiet'), { exitCode: 0, output: '' });
    });

    it('tells by the engine that a port is taken', async () => {
      const server = createServer().listen(39_092, '127.0.0.1');
      try {
        const { why } = await troubleOf(up(project));
        assert.match(why ?? '', /39092.*(in use|allocated)/);
      } finally {
        server.close();
      }
    });

    it('tells by the engine which container failed, in its own words', async () => {
      const file = join(project.folder, 'kafka/broker-1/server.properties');
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, text.replace(/^process\.roles=.*$/m, 'process.roles=leader'));
      try {
        const { what, why } = await troubleOf(up(project));
        assert.match(what, /^broker-1 ends as often as it is started/);
        assert.match(why ?? '', /process\.roles/);
      } finally {
        writeFileSync(file, text);
        await dockerDown(project.folder, { volumes: true });
      }
    });

    it('starts from nothing by the engine, which tells what got healthy', async () => {
      const events = await up(project);
      const notes = events.flatMap((event) => (event.kind === 'note' ? [event.text] : []));
      assert.deepEqual(notes.toSorted(), [
        'broker-1 is healthy',
        'page-analytics is healthy',
        'page-tracker is healthy',
        'topics is done',
      ]);
    });

    it('stores an event that comes in over HTTP', () => roundTrip(project));

    it('is reached from this machine by the names that it advertises', async () => {
      await exchange(project, project.access('admin'));
    });

    it('has told by the engine what runs, where, and with how much memory', async () => {
      const rows = await dockerEngine.running(project.folder, project.platform);
      assert.deepEqual(
        rows.map(({ name, kind, state, endpoint }) => [name, kind, state, endpoint]),
        [
          ['broker-1', 'node', 'running', 'localhost:39092'],
          ['page-tracker', 'service', 'running', 'http://127.0.0.1:38080'],
          ['page-analytics', 'service', 'running', 'http://127.0.0.1:38081'],
        ],
      );
      assert.ok(rows.every(({ memoryBytes }) => memoryBytes > 1e7));
    });

    it('keeps its data without --volumes, and leaves nothing with it', async () => {
      assert.deepEqual(await dockerDown(project.folder, { volumes: false }), { ended: 3 });
      assert.deepEqual(await leftOver(project.platform), [
        'test-shop_broker-1-data',
        'test-shop_page-analytics-data',
      ]);
      await dockerDown(project.folder, { volumes: true });
      assert.deepEqual(await leftOver(project.platform), []);
    });
  });

  describe('tier 2, SCRAM over TLS, Grafana', () => {
    let project: ComposeProject;
    /** Not root, to whom everything belongs anyway. */
    const owner = 12_345;
    before(async () => {
      project = composeProject({ tier: 2, security: 'scram', monitoring: 'grafana' });
      await execa('chown', ['-R', `${owner}:${owner}`, project.folder]);
    });
    after(() => end(project));

    const inside = async (...command: string[]) => {
      const { exitCode, output } = await project.compose(
        ...['run', '--rm', '--no-deps', '--entrypoint', 'bash', 'topics', '-c', command.join(' ')],
      );
      assert.equal(exitCode, 0, output);
      return output;
    };

    it('names the script that makes the passwords when there are none', async () => {
      const { exitCode, output } = await project.compose('config', '--quiet');
      assert.notEqual(exitCode, 0);
      assert.match(output, /ADMIN_PASSWORD is missing a value: run security\/secrets\.sh/);
    });

    it('starts from nothing but .env: docker compose up --wait', async () => {
      await execa(join(project.folder, 'security/secrets.sh'));
      assert.deepEqual(await project.compose('config', '--quiet'), { exitCode: 0, output: '' });
      const { exitCode, output } = await project.compose('up', '--wait');
      assert.equal(exitCode, 0, output);
    });

    it('has the topics, users and rights of topics.conf', async () => {
      const { exitCode, output } = await project.compose('run', '--rm', 'topics', '--plan');
      assert.equal(exitCode, 0, output);
      assert.match(output, /nothing to change/);
    });

    it('leaves certificates that belong to the owner of the project', () => {
      for (const file of ['ca.key', 'ca.pem', 'broker-1.pem', 'metrics/certificates.prom']) {
        assert.equal(statSync(join(project.folder, 'security/secrets', file)).uid, owner, file);
      }
    });

    it('gives a node its own key only, for nobody else to read', async () => {
      const { output } = await project.compose(
        ...['exec', 'broker-2', 'stat', '-c', '%n %u %a', '/etc/kafka/secrets/broker-2.pem'],
        ...['/etc/kafka/secrets/ca.pem'],
      );
      assert.equal(
        output,
        '/etc/kafka/secrets/broker-2.pem 1000 400\n/etc/kafka/secrets/ca.pem 0 444',
      );
      const { output: all } = await project.compose('exec', 'broker-2', 'ls', '/etc/kafka/secrets');
      assert.equal(all, 'broker-2.pem\nca.pem');
    });

    it('writes no password and no key into a log', async () => {
      const { output } = await project.compose('logs', '--no-color');
      const passwords = readFileSync(join(project.folder, '.env'), 'utf8').match(/[0-9a-f]{48}/g);
      assert.equal(passwords?.length, 6);
      for (const password of passwords) assert.ok(!output.includes(password));
      assert.doesNotMatch(output, /storedKey|BEGIN (EC )?PRIVATE KEY/);
    });

    it('is reached from this machine by a service with its own password and rights', async () => {
      await exchange(project, project.access('page-tracker'));
    });

    it('refuses a wrong password, and a user who has no right', async () => {
      const tracker = project.access('page-tracker');
      const wrong = { ...tracker, sasl: { ...tracker.sasl, password: 'wrong' } };
      await assert.rejects(send(wrong as ClusterAccess, 'nobody'), (error) =>
        /[Aa]uthentication/.test(innermost(error)),
      );
      await assert.rejects(send(project.access('page-analytics'), 'nobody'), (error) =>
        /authorization failed/i.test(innermost(error)),
      );
    });

    it('takes every codec from inside, on a root file system that is read-only', async () => {
      // The topic is of lz4, so the broker unpacks what comes as zstd and packs it anew.
      const client = '--command-config clients/admin.properties --bootstrap-server broker-1:9092';
      const output = await inside(
        `/opt/kafka/bin/kafka-topics.sh ${client} --create --topic codecs &&`,
        `echo from-inside | /opt/kafka/bin/kafka-console-producer.sh ${client} --topic codecs --compression-codec zstd &&`,
        `/opt/kafka/bin/kafka-console-consumer.sh ${client} --topic codecs --from-beginning --max-messages 1`,
      );
      assert.match(output, /^from-inside$/m);
    });

    it('stores an event that comes in over HTTP', () => roundTrip(project));

    it('is scraped by Prometheus, applications, nodes and certificates', async () => {
      const wanted = { applications: 2, certificates: 1, kafka: 3, prometheus: 1 };
      const counts = await eventually(async () => {
        const response = await fetch(
          `${project.prometheusUrl}/api/v1/query?query=sum by (job) (up)`,
        );
        const { data } = (await response.json()) as {
          data: { result: { metric: { job: string }; value: [number, string] }[] };
        };
        const sums = data.result.map(({ metric, value }) => [metric.job, Number(value[1])]);
        return Object.fromEntries(sums.toSorted());
      }, wanted);
      assert.deepEqual(counts, wanted);
    });

    it('passes the drills, as krafter verify runs them on containers', async () => {
      await dockerEngine.up(project.folder, project.platform, {
        progress: () => undefined,
        signal: AbortSignal.timeout(300_000),
      });
      const results = await runDrills(project.folder, project.platform, ownDrills, {
        progress: () => undefined,
        signal: AbortSignal.timeout(900_000),
      });
      assert.deepEqual(
        results.map(({ id, status, reason }) => [id, status, reason]),
        ownDrills.map(({ id }) => [id, 'passed', undefined]),
      );
    });

    it('has dead letters, which a person replays: docker compose run --rm replay', async () => {
      const { exitCode, output } = await project.compose('run', '--rm', 'replay', '--dry-run');
      assert.equal(exitCode, 0, output);
      assert.match(output, /"replayed": ?[1-9]/);
    });

    it('changes nothing that runs when it is started again', async () => {
      const running = () => docker('ps', '--no-trunc', '--format', '{{.Names}} {{.ID}}');
      const key = () => readFileSync(join(project.folder, 'security/secrets/ca.key'), 'utf8');
      const earlier = [(await running()).stdout, key()];
      const { exitCode, output } = await project.compose('up', '--wait');
      assert.equal(exitCode, 0, output);
      assert.deepEqual([(await running()).stdout, key()], earlier);
    });

    it('calls a broker that hangs unhealthy, though its port is open', async () => {
      const check = (signal: string) =>
        project.compose(
          ...['exec', 'broker-3', 'bash', '-c'],
          `kill -${signal} $(pgrep -x java); bash /platform/compose/healthy.sh 9092 /etc/kafka/secrets/ca.pem`,
        );
      const hanging = await check('STOP');
      const mended = await check('CONT');
      assert.match(hanging.output, /no answer from the broker on port 9092/);
      assert.deepEqual([hanging.exitCode, mended.exitCode], [1, 0]);
    });

    it('restarts a broker by a controlled shutdown, and catches up', async () => {
      const { exitCode, output } = await project.compose('restart', 'broker-2');
      assert.equal(exitCode, 0, output);
      const { output: log } = await project.compose('logs', '--no-color', 'broker-2');
      assert.match(log, /shut down completed/);
      const healthy = await eventually(
        async () => (await clusterHealth(project.access('admin'))).underReplicated.length,
        0,
      );
      assert.equal(healthy, 0);
    });

    it('hands a renewed certificate out on the next start', async () => {
      const certificate = join(project.folder, 'security/secrets/broker-2.pem');
      const earlier = readFileSync(certificate, 'utf8');
      await execa(join(project.folder, 'security/certs.sh'), ['renew', 'broker-2']);
      const { exitCode, output } = await project.compose('up', '--wait', 'certs', 'broker-2');
      assert.equal(exitCode, 0, output);
      const { output: held } = await project.compose(
        ...['exec', 'broker-2', 'cat', '/etc/kafka/secrets/broker-2.pem'],
      );
      assert.notEqual(held, earlier.trim());
      assert.equal(held, readFileSync(certificate, 'utf8').trim());
    });

    it('refuses data that belongs to another cluster', async () => {
      await project.compose('stop', 'broker-3');
      const file = join(project.folder, 'kafka/cluster.conf');
      const text = readFileSync(file, 'utf8');
      appendFileSync(file, 'CLUSTER_ID=another_another_anoth\n');
      const { what, why } = await troubleOf(up(project));
      writeFileSync(file, text);
      assert.match(what, /^broker-3 ends as often as it is started/);
      assert.match(why ?? '', /belongs to cluster/);
    });

    it('leaves nothing after down -v', async () => {
      const { exitCode, output } = await project.compose('down', '--volumes');
      assert.equal(exitCode, 0, output);
      assert.deepEqual(await leftOver(project.platform), []);
    });
  });
});

async function end(project: ComposeProject | undefined): Promise<void> {
  await project?.compose('down', '--volumes', '--timeout', '5');
  project?.remove();
}

async function up(project: ComposeProject): Promise<ProgressEvent[]> {
  const events: ProgressEvent[] = [];
  await dockerUp(project.folder, (event) => events.push(event), AbortSignal.timeout(900_000));
  return events;
}

async function troubleOf(run: Promise<unknown>): Promise<Trouble> {
  const error = await run.then(
    () => assert.fail('nothing was in the way'),
    (reason) => reason,
  );
  assert.ok(error instanceof KrafterError, String(error));
  return error.trouble;
}

/** The last answer, as soon as it is the wanted one, or after a while. */
async function eventually<T>(ask: () => Promise<T>, wanted: T): Promise<T> {
  const deadline = Date.now() + 90_000;
  for (;;) {
    const answer = await ask().catch((error) => error);
    const done = JSON.stringify(answer) === JSON.stringify(wanted);
    if (done || Date.now() > deadline) return answer;
    await setTimeout(500);
  }
}

async function roundTrip({ producerUrl, consumerUrl }: ComposeProject): Promise<void> {
  const event = {
    eventId: crypto.randomUUID(),
    eventType: 'PageViewed',
    occurredAt: new Date().toISOString(),
    visitorId: 'visitor-1',
    page: '/',
    referrer: null,
    country: 'DE',
    durationMs: 10,
  };
  const accepted = await fetch(`${producerUrl}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
  });
  assert.equal(accepted.status, 202, await accepted.text());
  const stored = await eventually(async () => {
    const response = await fetch(`${consumerUrl}/events/${event.eventId}`);
    return ((await response.json()) as { event: unknown }).event;
  }, event);
  assert.deepEqual(stored, event);
}

async function send(access: ClusterAccess, value: string): Promise<void> {
  const producer = new Producer({
    ...clientOptions(access, 'test'),
    serializers: stringSerializers,
  });
  try {
    await producer.send({ acks: ProduceAcks.ALL, messages: [{ topic, key: 'test', value }] });
  } finally {
    await producer.close();
  }
}

/** One writes and the administrator reads, through the ports that are published on this machine. */
async function exchange(project: ComposeProject, writer: ClusterAccess): Promise<void> {
  const reader = project.access('admin');
  const { brokers } = await withAdmin(reader, (admin) => admin.metadata({}));
  const advertised = [...brokers.values()].map(({ host, port }) => `${host}:${port}`);
  assert.deepEqual(advertised.toSorted(), reader.bootstrap);

  const value = crypto.randomUUID();
  await send(writer, value);
  const consumer = new Consumer({
    ...clientOptions(reader, 'test'),
    groupId: `test-${value}`,
    deserializers: stringDeserializers,
  });
  const stream = await consumer.consume({
    topics: [topic],
    mode: MessagesStreamModes.EARLIEST,
    autocommit: false,
  });
  const deadline = setTimeout(60_000, undefined, { ref: false }).then(() => stream.destroy());
  let found = false;
  for await (const message of stream) {
    found = message.value === value;
    if (found) break;
  }
  void deadline;
  await consumer.close(true);
  assert.ok(found);
}

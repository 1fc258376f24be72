import assert from 'node:assert/strict';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { execa } from 'execa';
import { bootMachines, type Machine, type Network, obstacleToBoot } from './machines.ts';
import { downloadWheels, readyProject, removeProject, smallBlueprint } from './project.ts';

const skip = (await obstacleToBoot()) ?? false;

describe('three machines under systemd', { skip, timeout: 900_000 }, () => {
  const blueprint = smallBlueprint({});
  let project: string;
  let network: Network;
  let first: Machine, second: Machine, third: Machine;

  before(async () => {
    project = await readyProject(blueprint);
    network = await bootMachines(blueprint.cluster.hosts ?? []);
    [first, second, third] = network.machines as [Machine, Machine, Machine];
  });
  after(async () => {
    await network?.[Symbol.asyncDispose]();
    if (project) removeProject(project);
  });

  const deploy = async (...options: string[]) => {
    const { exitCode, all } = await execa(join(project, 'bare-metal/deploy.sh'), options, {
      reject: false,
      all: true,
      env: { PATH: `${network.bin}:${process.env.PATH}` },
    });
    return { exitCode, output: all };
  };
  const shell = async (machine: Machine, command: string): Promise<string> => {
    const { exitCode, output } = await machine.run(command);
    assert.equal(exitCode, 0, `${command}\n${output}`);
    return output.trim();
  };
  /** One of Kafka's tools as README.md shows it. */
  const tool = (machine: Machine, name: string, command: string) =>
    shell(
      machine,
      `set -a; . /etc/kafka/secrets.env; /opt/kafka/bin/${name} --bootstrap-server ${machine.host}:9092 --command-config /etc/kafka/client.properties ${command}`,
    );
  /** As a person without ssh would. */
  const copyProject = (machine: Machine) =>
    execa('sh', [
      '-c',
      `tar -C ${project} -c . | ${network.bin}/ssh ${machine.host} 'mkdir -p /root/project && tar -C /root/project -x'`,
    ]);
  /** Every file that differs from the machine's first moment, with its time. */
  const tree = (machine: Machine) =>
    shell(
      machine,
      `cd /run/changes && find etc opt var/lib/kafka /tmp/tmp.* -path 'var/lib/kafka/*' -prune -o -printf '%p %M %u:%g %T@ %l\\n' 2>/dev/null | sort`,
    );
  const mainProcess = (machine: Machine) =>
    shell(machine, 'systemctl show kafka --property=MainPID --value');

  it('shows on --dry-run what it would do, and leaves the machines as they are', async () => {
    const untouched = await tree(first);
    const { exitCode, output } = await deploy('broker-1', '--dry-run');
    assert.equal(exitCode, 0, output);
    assert.match(output, /\+ \/etc\/kafka\/server\.properties\n/);
    assert.match(output, /[0-9]+ changes planned on broker-1, none made/);
    assert.equal(await tree(first), untouched);
  });

  it('refuses a release that is not what its checksum says', async () => {
    await shell(first, 'mkdir -p /root/bad && echo damaged >/root/bad/kafka.tgz');
    await copyProject(first);
    const { exitCode, output } = await first.run(
      `/root/project/bare-metal/install.sh broker-1 --tarball /root/bad/kafka.tgz --sha512 ${'a'.repeat(128)}`,
    );
    assert.equal(exitCode, 2, output);
    assert.match(output, /does not have the checksum/);
    await shell(first, 'rm -rf /root/bad /root/project');
  });

  it('installs every node, and they form a cluster', async () => {
    const { exitCode, output } = await deploy();
    assert.equal(exitCode, 0, output);
    const quorum = await tool(first, 'kafka-metadata-quorum.sh', 'describe --replication');
    assert.equal(quorum.match(/Leader|Follower/g)?.length, 3, quorum);
  });

  it('runs Kafka as its own user, with the limits and the flags of the unit', async () => {
    const facts = await shell(
      first,
      `pid=$(systemctl show kafka --property=MainPID --value); ps -o user=,args= -p $pid; cat /proc/$pid/status; find /var/lib/kafka/data -maxdepth 1 ! -user kafka`,
    );
    assert.match(
      facts,
      /^kafka .*-Xms320m -Xmx320m .*-XX:\+UseG1GC .*kafka\.Kafka \/etc\/kafka\/server\.properties$/m,
    );
    assert.match(facts, /^NoNewPrivs:\t1$/m);
    assert.match(facts, /^CapBnd:\t0+$/m);
    assert.match(
      await shell(
        first,
        'exec 3<>/dev/tcp/127.0.0.1/9404; printf "GET /metrics HTTP/1.0\\r\\n\\r\\n" >&3; cat <&3',
      ),
      /^kafka_/m,
    );
  });

  it('leaves on a node only the secrets that it needs, for nobody else to read', async () => {
    assert.equal(
      await shell(
        second,
        `cd /etc/kafka && stat -c '%n %U:%G %a' secrets.env secrets secrets/* && cut -d= -f1 secrets.env`,
      ),
      [
        'secrets.env root:root 600',
        'secrets root:kafka 750',
        'secrets/broker-2.pem root:kafka 640',
        'secrets/ca.pem root:root 644',
        'BROKER_PASSWORD',
      ].join('\n'),
    );
    assert.equal(await shell(second, 'find /run/changes /tmp -name ca.key -o -name .env'), '');
  });

  it('changes nothing when it is run again', async () => {
    const [before, process] = [await tree(second), await mainProcess(second)];
    const { exitCode, output } = await deploy();
    assert.equal(exitCode, 0, output);
    assert.equal(output.match(/nothing to change on broker-/g)?.length, 3, output);
    assert.equal(await tree(second), before);
    assert.equal(await mainProcess(second), process);
  });

  it('makes topics and rights from any machine that reaches the brokers', async () => {
    await copyProject(first);
    const output = await shell(
      first,
      `cd /root/project && set -a && . ./.env && KAFKA_BOOTSTRAP_SERVERS=${second.host}:9092 KAFKA_COMMAND_CONFIG=clients/admin.properties topics/apply.sh; rm -r /root/project`,
    );
    assert.match(output, /changes made/);
  });

  it('runs the application under systemd, each service as a user of its own', async () => {
    await downloadWheels(project);
    await copyProject(second);
    const install = () =>
      second.run(
        'cd /root/project && PATH=/usr/bin:$PATH PIP_NO_INDEX=1 PIP_FIND_LINKS=wheels bare-metal/install-app.sh',
      );
    const { exitCode, output } = await install();
    assert.equal(exitCode, 0, output);
    const event = {
      eventId: '2f0c3a52-6f7c-4c37-8d9a-0d8f6f0f5b11',
      eventType: 'PageViewed',
      occurredAt: '2026-11-24T10:00:00.000Z',
      visitorId: 'v-1',
      page: '/',
      referrer: null,
      country: 'DE',
      durationMs: 10,
    };
    const accepted = await shell(
      second,
      `curl -sS --retry 20 --retry-all-errors --retry-delay 1 --fail-with-body -H 'content-type: application/json' -d '${JSON.stringify(event)}' localhost:8080/events`,
    );
    assert.match(accepted, /"partition":/);
    const stored = await shell(
      second,
      `curl -sS --retry 30 --retry-all-errors --retry-delay 1 --fail-with-body localhost:8081/events/${event.eventId}`,
    );
    assert.match(stored, /"visitorId":\s*"v-1"/);
    const again = await install();
    assert.match(again.output, /nothing to change on page-tracker page-analytics/);
    assert.equal(
      await shell(
        second,
        'systemctl stop shop-page-analytics; systemctl show shop-page-analytics --property=Result --value',
      ),
      'success',
    );
    await shell(second, 'systemctl start shop-page-analytics; rm -r /root/project');
  });

  it('restarts for a changed setting only when it is asked to, node by node', async () => {
    await tool(
      first,
      'kafka-topics.sh',
      '--create --topic held --partitions 3 --replication-factor 3',
    );
    for (const node of ['broker-1', 'broker-2', 'broker-3']) {
      appendFileSync(join(project, `kafka/${node}/server.properties`), 'num.io.threads=9\n');
    }
    const before = await Promise.all(network.machines.map(mainProcess));
    // Files are told apart by the second.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const patient = await deploy();
    assert.equal(patient.exitCode, 0, patient.output);
    assert.equal(patient.output.match(/still runs with its old files/g)?.length, 3, patient.output);
    assert.deepEqual(await Promise.all(network.machines.map(mainProcess)), before);

    const rolling = await deploy('--restart');
    assert.equal(rolling.exitCode, 0, rolling.output);
    assert.equal(rolling.output.match(/\* restart kafka/g)?.length, 3, rolling.output);
    const idle = await deploy('--restart');
    assert.equal(idle.output.match(/nothing to change on broker-/g)?.length, 3, idle.output);
  });

  it('stops by a controlled shutdown that systemd counts as success', async () => {
    await shell(third, 'systemctl stop kafka');
    assert.equal(await shell(third, 'systemctl show kafka --property=Result --value'), 'success');
    assert.match(await shell(third, 'journalctl -u kafka -o cat'), /[Cc]ontrolled shutdown/);
  });

  it('refuses to restart a node while another one is down', async () => {
    const process = await mainProcess(first);
    appendFileSync(join(project, 'kafka/broker-1/server.properties'), 'num.io.threads=10\n');
    const { exitCode, output } = await deploy('broker-1', '--restart');
    assert.equal(exitCode, 1, output);
    assert.match(output, /not restarted: .*partitions are under-replicated/);
    assert.equal(await mainProcess(first), process);
  });

  it('does not format the empty disk of a node that was installed before, unless it is told to', async () => {
    await shell(third, 'rm -r /var/lib/kafka/data');
    const refused = await deploy('broker-3');
    assert.equal(refused.exitCode, 2, refused.output);
    assert.match(refused.output, /Is its disk mounted\?/);

    const told = await deploy('broker-3', '--format');
    assert.equal(told.exitCode, 0, told.output);
    const quorum = await tool(first, 'kafka-metadata-quorum.sh', 'describe --replication');
    assert.equal(quorum.match(/Leader|Follower/g)?.length, 3, quorum);
    const meta = await shell(third, 'cat /var/lib/kafka/data/meta.properties');
    const directory = /directory.id=(.+)/.exec(meta)?.[1];
    assert.match(quorum, new RegExp(`^3\\s+${directory}\\s.*Follower`, 'm'));
    const again = await deploy('broker-3', '--format');
    assert.match(again.output, /nothing to change on broker-3/);
  });
});

describe('one machine without security, and an application on Node.js', {
  skip,
  timeout: 600_000,
}, () => {
  const blueprint = smallBlueprint({
    tier: 1,
    security: 'none',
    monitoring: 'none',
    language: 'node',
    client: 'platformatic-kafka',
  });
  let project: string;
  let network: Network;
  let machine: Machine;

  before(async () => {
    project = await readyProject(blueprint);
    // The machine reaches no registry; it has this one's cache, which this fills.
    await execa('npm', ['ci', '--omit=dev', '--prefix', join(project, 'app')]);
    network = await bootMachines(blueprint.cluster.hosts ?? []);
    [machine] = network.machines as [Machine];
    const pack = `tar -C ${project} --exclude=node_modules -c . | ${network.bin}/ssh ${machine.host}`;
    await execa('sh', ['-c', `${pack} 'mkdir /root/project && tar -C /root/project -x'`]);
    const node = await machine.run(
      'cat >/usr/local/bin/node.new && chmod 755 /usr/local/bin/node.new && mv /usr/local/bin/node.new /usr/local/bin/node',
      readFileSync(process.execPath),
    );
    assert.equal(node.exitCode, 0, node.output);
  });
  after(async () => {
    await network?.[Symbol.asyncDispose]();
    if (project) removeProject(project);
  });

  it('installs both from a copy of the project, and once', async () => {
    const node = await machine.run('/root/project/bare-metal/install.sh broker-1');
    assert.equal(node.exitCode, 0, node.output);
    const again = await machine.run('/root/project/bare-metal/install.sh broker-1');
    assert.match(again.output, /nothing to change on broker-1/);
    const topics = await machine.run(
      `KAFKA_BOOTSTRAP_SERVERS=${machine.host}:9092 /root/project/topics/apply.sh`,
    );
    assert.equal(topics.exitCode, 0, topics.output);
    const application = await machine.run(
      'npm_config_offline=true /root/project/bare-metal/install-app.sh',
    );
    assert.equal(application.exitCode, 0, application.output);
  });

  it('answers as ready', async () => {
    for (const port of [8080, 8081]) {
      const { exitCode, output } = await machine.run(
        `curl -sS --retry 30 --retry-all-errors --retry-delay 1 --fail-with-body localhost:${port}/health/ready`,
      );
      assert.equal(exitCode, 0, output);
    }
  });
});

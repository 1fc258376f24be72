/**
 * What topics/apply.sh plans and refuses, told by what the tools of Kafka 4.3 print. That they
 * print it, and that the changes are made, is shown by test/e2e/native/production.test.ts.
 */
import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { execa } from 'execa';

const script = join(import.meta.dirname, '../../../templates/platform/topics/apply.sh');

/** A topic of the cluster, with what it has itself. */
type LiveTopic = {
  readonly name: string;
  readonly partitions?: number;
  readonly own?: Readonly<Record<string, string>>;
};

type Cluster = {
  readonly topics?: readonly LiveTopic[];
  /** Lines of `kafka-configs.sh --describe --entity-type brokers --all`. */
  readonly brokers?: readonly string[];
  /** Lines of `kafka-acls.sh --list`. */
  readonly acls?: readonly string[];
  /** A tool whose changes fail, as shell. */
  readonly onChange?: string;
};

type Wanted = {
  readonly topics?: readonly string[];
  readonly users?: Readonly<Record<string, string>>;
};

/** As Kafka lists it for a topic that says nothing itself; retention.ms without a synonym. */
const inherited: Readonly<Record<string, string>> = {
  'cleanup.policy':
    'delete sensitive=false synonyms={STATIC_BROKER_CONFIG:log.cleanup.policy=delete, DEFAULT_CONFIG:log.cleanup.policy=delete}',
  'leader.replication.throttled.replicas': ' sensitive=false synonyms={}',
  'max.message.bytes':
    '1048588 sensitive=false synonyms={DEFAULT_CONFIG:message.max.bytes=1048588}',
  'min.insync.replicas':
    '2 sensitive=false synonyms={DYNAMIC_DEFAULT_BROKER_CONFIG:min.insync.replicas=2, DEFAULT_CONFIG:min.insync.replicas=1}',
  'retention.bytes': '-1 sensitive=false synonyms={DEFAULT_CONFIG:log.retention.bytes=-1}',
  'retention.ms': '604800000 sensitive=false synonyms={}',
  'segment.ms': '604800000 sensitive=false synonyms={}',
};

function describedSettings({ name, own = {} }: LiveTopic): string {
  const lines = Object.entries(inherited).map(([key, value]) => {
    const ownValue = own[key];
    if (ownValue === undefined) return `  ${key}=${value}`;
    const rest = /synonyms=\{(.+)\}$/.exec(value)?.[1];
    const synonyms = [`DYNAMIC_TOPIC_CONFIG:${key}=${ownValue}`, ...(rest ? [rest] : [])];
    return `  ${key}=${ownValue} sensitive=false synonyms={${synonyms.join(', ')}}`;
  });
  return [`All configs for topic ${name} are:`, ...lines].join('\n');
}

const describedTopic = ({ name, partitions = 3 }: LiveTopic): string =>
  `Topic: ${name}\tTopicId: RaHQEWlVQYCJ_OY8jAWHnQ\tPartitionCount: ${partitions}\tReplicationFactor: 3\tConfigs: min.insync.replicas=2,cleanup.policy=delete\n\tTopic: ${name}\tPartition: 0\tLeader: 1\tReplicas: 1,2,3\tIsr: 1,2,3\tElr: \tLastKnownElr: `;

const defaultBrokers = [
  'All configs for broker 1 are:',
  '  log.retention.hours=168 sensitive=false synonyms={STATIC_BROKER_CONFIG:log.retention.hours=168, DEFAULT_CONFIG:log.retention.hours=168}',
  '  log.retention.minutes=null sensitive=false synonyms={}',
  '  log.retention.ms=null sensitive=false synonyms={}',
];

type Outcome = {
  readonly code: number | undefined;
  readonly output: string;
  /** The calls that change something, a line each. */
  readonly changes: readonly string[];
  /** What a file with a credential said, by user. */
  readonly credentials: Readonly<Record<string, string>>;
};

async function apply(
  test: TestContext,
  cluster: Cluster,
  wanted: Wanted,
  ...args: string[]
): Promise<Outcome> {
  const root = mkdtempSync(join(tmpdir(), 'apply-'));
  test.after(() => rmSync(root, { recursive: true }));
  const file = (path: string, lines: readonly string[], mode = 0o644) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), lines.map((line) => `${line}\n`).join(''), { mode });
  };
  const users = wanted.users ?? {};
  file('topics/topics.conf', wanted.topics ?? []);
  cpSync(script, join(root, 'topics/apply.sh'));
  if (wanted.users) {
    const line = (user: string, index: number) => `${user} PASSWORD_${index} SCRAM-SHA-512`;
    file('security/users.conf', Object.keys(users).map(line));
  }
  const topics = cluster.topics ?? [];
  file('says/topics', topics.map(describedTopic));
  file('says/settings', topics.map(describedSettings));
  file('says/brokers', cluster.brokers ?? defaultBrokers);
  file('says/acls', cluster.acls ?? []);
  for (const tool of ['kafka-topics.sh', 'kafka-configs.sh', 'kafka-acls.sh']) {
    file(
      `bin/${tool}`,
      [
        '#!/bin/bash',
        'shift 2',
        `cd ${root}/says`,
        'case "$*" in',
        '  "--describe") cat topics ;;',
        '  "--describe --entity-type topics --all") cat settings ;;',
        '  "--describe --entity-type brokers --all") cat brokers ;;',
        '  --list) cat acls ;;',
        '  --describe*) ;;',
        '  *)',
        `    echo "$(basename "$0") $*" >>${root}/changes`,
        // Long enough for a step beside it to begin.
        `    case "$*" in *--add-config-file*) sleep 0.2; cat "\${@: -1}" >"${root}/credential-\${@: -3:1}" ;; esac`,
        `    ${cluster.onChange ?? ':'}`,
        '    ;;',
        'esac',
      ],
      0o755,
    );
  }
  const { exitCode, all } = await execa('bash', [join(root, 'topics/apply.sh'), ...args], {
    reject: false,
    all: true,
    env: {
      ...Object.fromEntries(
        Object.values(users).map((password, index) => [`PASSWORD_${index}`, password]),
      ),
      TMPDIR: root,
      KAFKA_HOME: root,
      KAFKA_BOOTSTRAP_SERVERS: 'broker-1:9092',
      KAFKA_COMMAND_CONFIG: undefined,
    },
  });
  const read = (path: string) =>
    existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8').trimEnd() : '';
  return {
    code: exitCode,
    output: all,
    changes: read('changes').split('\n').filter(Boolean),
    credentials: Object.fromEntries(
      Object.keys(users).map((user) => [user, read(`credential-${user}`)]),
    ),
  };
}

/** One topic as the cluster has it and as topics.conf wants it. */
const compare = (
  test: TestContext,
  own: Readonly<Record<string, string>>,
  settings: string,
  brokers?: readonly string[],
): Promise<Outcome> =>
  apply(
    test,
    { topics: [{ name: 'orders.v1', own }], ...(brokers ? { brokers } : {}) },
    { topics: [`topic orders.v1 partitions=3 replication=3 ${settings}`] },
  );

describe('topics/apply.sh', () => {
  it('changes nothing where the cluster has what is wanted', async (t) => {
    const own = { 'cleanup.policy': 'delete', 'retention.ms': '1000' };
    const { code, output, changes } = await compare(
      t,
      own,
      'cleanup.policy=delete retention.ms=1000',
    );
    assert.equal(output, 'apply.sh: nothing to change');
    assert.deepEqual(changes, []);
    assert.equal(code, 0);
  });

  it('asks a new cluster nothing, and leaves alone what its format gave it', async (t) => {
    const wanted = {
      topics: [
        'default min.insync.replicas 2',
        'topic orders.v1 partitions=3 replication=3 cleanup.policy=delete',
        'grant shop Read topic orders.v1',
        'grant shop Read group shop.orders',
      ],
      users: { shop: 'first' },
    };
    const { code, output, changes } = await apply(t, {}, wanted, '--new');
    assert.equal(code, 0, output);
    assert.deepEqual(changes.map((line) => line.split(' ')[0]).sort(), [
      'kafka-acls.sh',
      'kafka-topics.sh',
    ]);
    assert.match(output, /3 changes made/);
  });

  it('gives each of two new users its own password', async (t) => {
    const users = { 'page.views': 'first', 'page-views': 'second, with \\ and $' };
    const { code, output, credentials } = await apply(t, {}, { users });
    assert.equal(code, 0, output);
    assert.deepEqual(credentials, {
      'page.views': 'SCRAM-SHA-512=password=first',
      'page-views': 'SCRAM-SHA-512=password=second, with \\\\ and $',
    });
  });

  it("takes back a known user's rights of any kind, and nobody else's", async (t) => {
    const resource = (type: string, name: string, pattern = 'LITERAL') =>
      `Current ACLs for resource \`ResourcePattern(resourceType=${type}, name=${name}, patternType=${pattern})\`: `;
    const right = (user: string, operation: string) =>
      ` \t(principal=User:${user}, host=*, operation=${operation}, permissionType=ALLOW)`;
    const { code, changes, output } = await apply(
      t,
      {
        acls: [
          ...[resource('TRANSACTIONAL_ID', 'tx-', 'PREFIXED'), right('clerk', 'WRITE')],
          ...[resource('CLUSTER', 'kafka-cluster'), right('clerk', 'IDEMPOTENT_WRITE')],
          ...[resource('TOPIC', 'orders.v1'), right('clerk', 'READ'), right('guest', 'READ')],
          ...[resource('TOPIC', 'orders.', 'PREFIXED'), right('clerk', 'READ')],
        ],
      },
      { users: { clerk: 'secret' }, topics: ['grant clerk Read topic orders.v1'] },
    );
    assert.equal(code, 0, output);
    const remove = 'kafka-acls.sh --remove --force --allow-principal User:clerk --operation';
    assert.deepEqual(changes.filter((line) => line.startsWith('kafka-acls.sh')).sort(), [
      `${remove} IdempotentWrite --cluster`,
      `${remove} Read --topic orders. --resource-pattern-type prefixed`,
      `${remove} Write --transactional-id tx- --resource-pattern-type prefixed`,
    ]);
  });

  it('adds partitions to the named topic, not to all that its name matches', async (t) => {
    const { changes } = await apply(
      t,
      { topics: [{ name: 'a.b.v1' }, { name: 'a-b-v1' }] },
      { topics: ['topic a.b.v1 partitions=6 replication=3'] },
    );
    assert.deepEqual(changes, ['kafka-topics.sh --alter --topic a\\.b\\.v1 --partitions 6']);
  });

  it('takes no other topic for the one that is named', async (t) => {
    const { output, changes } = await apply(
      t,
      { topics: [{ name: 'a-b-v1' }] },
      { topics: ['topic a.b.v1 partitions=3 replication=3 retention.ms=1000'] },
    );
    assert.match(output, /\+ topic a\.b\.v1: 3 partitions, 3 copies, retention\.ms=1000/);
    assert.deepEqual(changes, [
      'kafka-topics.sh --create --if-not-exists --topic a.b.v1 --partitions 3 --replication-factor 3 --config=retention.ms=1000',
    ]);
  });

  for (const { what, own, settings, says } of [
    {
      what: 'a retention below the one that the brokers give',
      own: {},
      settings: 'retention.ms=3600000',
      says: 'retention.ms 604800000 (inherited) -> 3600000',
    },
    {
      what: 'a shorter retention',
      own: { 'retention.ms': '2000' },
      settings: 'retention.ms=1000',
      says: 'retention.ms 2000 -> 1000',
    },
    {
      what: 'an end of records that were kept for ever',
      own: { 'retention.ms': '-1' },
      settings: 'retention.ms=604800000',
      says: 'retention.ms -1 -> 604800000',
    },
    {
      what: 'a limit in bytes where there was none',
      own: {},
      settings: 'retention.bytes=1000000',
      says: 'retention.bytes -1 (inherited) -> 1000000',
    },
    {
      what: 'compacting instead of deleting',
      own: {},
      settings: 'cleanup.policy=compact',
      says: 'cleanup.policy delete (inherited) -> compact',
    },
    {
      what: 'deleting instead of compacting',
      own: { 'cleanup.policy': 'compact' },
      settings: 'cleanup.policy=delete',
      says: 'cleanup.policy compact -> delete',
    },
    {
      what: 'deleting beside compacting',
      own: { 'cleanup.policy': 'compact' },
      settings: 'cleanup.policy=compact,delete',
      says: 'cleanup.policy compact -> compact,delete',
    },
  ]) {
    it(`refuses ${what}`, async (t) => {
      const { code, output, changes } = await compare(t, own, settings);
      assert.ok(
        output.includes(`! refused: topic orders.v1: ${says} would delete records`),
        output,
      );
      assert.deepEqual(changes, []);
      assert.equal(code, 1);
    });
  }

  for (const { what, own, settings, change } of [
    {
      what: 'a longer retention',
      own: { 'retention.ms': '1000' },
      settings: 'retention.ms=2000',
      change: '--add-config retention.ms=[2000]',
    },
    {
      what: 'an end of the limit',
      own: { 'retention.ms': '1000' },
      settings: 'retention.ms=-1',
      change: '--add-config retention.ms=[-1]',
    },
    {
      what: 'the value that it inherits, so that it stays when the brokers change',
      own: {},
      settings: 'retention.ms=604800000',
      change: '--add-config retention.ms=[604800000]',
    },
    {
      what: 'a policy that drops less',
      own: { 'cleanup.policy': 'compact,delete' },
      settings: 'cleanup.policy=compact',
      change: '--add-config cleanup.policy=[compact]',
    },
    {
      what: 'a retention that does not count where records are only compacted',
      own: { 'cleanup.policy': 'compact', 'retention.ms': '2000' },
      settings: 'cleanup.policy=compact retention.ms=1000',
      change: '--add-config retention.ms=[1000]',
    },
    {
      what: 'the end of a setting that the project does not name',
      own: { 'max.message.bytes': '2000000' },
      settings: '',
      change: '--delete-config max.message.bytes',
    },
    {
      what: 'the end of a retention below the one that the brokers give',
      own: { 'retention.ms': '1000' },
      settings: '',
      change: '--delete-config retention.ms',
    },
  ]) {
    it(`makes ${what}`, async (t) => {
      const { code, output, changes } = await compare(t, own, settings);
      assert.deepEqual(
        changes,
        [`kafka-configs.sh --alter --entity-type topics --entity-name orders.v1 ${change}`],
        output,
      );
      assert.equal(code, 0);
    });
  }

  it('shows a setting that the project does not name, and what is inherited without it', async (t) => {
    const { output } = await compare(t, { 'max.message.bytes': '2000000' }, '');
    assert.match(
      output,
      /- topic orders\.v1: max\.message\.bytes 2000000, which topics\.conf does not name; 1048588 is inherited/,
    );
  });

  it('refuses to take back a retention where less would be kept without it', async (t) => {
    const month = { 'retention.ms': '2592000000' };
    const { code, output, changes } = await compare(t, month, 'cleanup.policy=delete');
    assert.match(
      output,
      /refused: topic orders\.v1: retention\.ms 2592000000 is not in topics\.conf; 604800000 instead would delete records/,
    );
    assert.deepEqual(
      changes.filter((change) => change.includes('retention')),
      [],
    );
    assert.equal(code, 1);
  });

  it('counts the shortest retention of the brokers, and of one the finest unit', async (t) => {
    const retention = (broker: number, hours: string, minutes: string, ms: string) => [
      `All configs for broker ${broker} are:`,
      `  log.retention.hours=${hours} sensitive=false synonyms={}`,
      `  log.retention.minutes=${minutes} sensitive=false synonyms={}`,
      `  log.retention.ms=${ms} sensitive=false synonyms={}`,
    ];
    const brokers = [
      ...retention(1, '168', 'null', 'null'),
      ...retention(2, '1', '2', '900000'),
      ...retention(3, '1', '20', 'null'),
      ...retention(4, '1', 'null', '-1'),
    ];
    const { output } = await compare(t, { 'retention.ms': '900001' }, '', brokers);
    assert.match(output, /retention\.ms 900001 is not in topics\.conf; 900000 instead/);
  });

  it('leaves alone what a reassignment sets while it moves data', async (t) => {
    const throttled = { 'leader.replication.throttled.replicas': '0:1,1:1' };
    const { output } = await compare(t, throttled, '');
    assert.equal(output, 'apply.sh: nothing to change');
  });

  it('makes nothing with --plan', async (t) => {
    const { output, changes } = await apply(
      t,
      {},
      { topics: ['topic a partitions=1 replication=3'], users: { a: 'secret' } },
      '--plan',
    );
    assert.match(output, /2 changes planned, none made/);
    assert.deepEqual(changes, []);
  });

  it('tells why a change failed, when the one beside it has ended too', async (t) => {
    const { code, output, changes } = await apply(
      t,
      { onChange: 'sleep 0.$((RANDOM % 3)); echo "Error: no room" >&2; exit 1' },
      { topics: ['a', 'b', 'c'].map((name) => `topic ${name} partitions=1 replication=3`) },
    );
    assert.equal(code, 3);
    assert.match(output, /a change failed: Error: no room/);
    assert.equal(changes.length, 2);
  });
});

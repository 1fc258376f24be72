/** Every wrong flag, name, folder and file is refused in one form, and changes nothing. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import { assertRefusal, krafter, type Surroundings, scratch, tree } from './session.ts';

type Case = {
  readonly name: string;
  readonly args: readonly string[];
  readonly exit?: 2 | 3;
  readonly says: readonly RegExp[];
  /** Makes what the case needs in its folder, in which krafter runs. */
  readonly given?: (folder: string) => void;
  readonly env?: Surroundings['env'];
};

function check(title: string, cases: readonly Case[]): void {
  describe(title, { concurrency: 2 }, () => {
    for (const { name, args, exit = 2, says, given, env } of cases) {
      it(name, async (t) => {
        const folder = scratch(t);
        given?.(folder);
        const seen = tree(folder);
        const outcome = await krafter(args, { cwd: folder, ...(env ? { env } : {}) });
        assertRefusal(outcome, exit, says);
        assert.deepEqual(tree(folder), seen, 'nothing changed on disk');
      });
    }
  });
}

const make = (...answers: readonly string[]) => ['new', 'shop', '--yes', ...answers];

check('flags and commands', [
  { name: 'an unknown flag', args: make('--bogus'), says: [/Unknown option '--bogus'/, /--help/] },
  { name: 'a misspelt flag', args: make('--secruity', 'none'), says: [/mean --security\?/] },
  { name: 'a flag without its value', args: make('--name'), says: [/--name.* missing/] },
  {
    name: 'a flag of 300 characters',
    args: make(`--${'x'.repeat(300)}`),
    says: [/Unknown option '--x+\.\.\./],
  },
  { name: 'a misspelt command', args: ['nwe'], says: [/'nwe'/, /mean new\?/] },
  { name: 'an alien command', args: ['deploy-it'], says: [/Unknown command/, /krafter --help/] },
  { name: 'two folders', args: ['new', 'my', 'shop', '--yes'], says: [/Too many arguments/] },
  { name: 'a folder of empty text', args: ['new', '', '--yes'], says: [/empty text/] },
  {
    name: 'a flag that steers the terminal',
    args: make('--tier', '\u001b[2J\u202e1'),
    says: [/--tier \?\[2J\?1 is unknown/],
  },
]);

check('choices', [
  { name: 'tier 5', args: make('--tier', '5'), says: [/--tier 5 is unknown; .*1, 2, 3, 4/] },
  { name: 'use case', args: make('--use-case', 'stream'), says: [/mean --use-case streaming\?/] },
  { name: 'language', args: make('--lang', 'pyton'), says: [/mean --lang python\?/] },
  { name: 'client', args: make('--client', 'kafkajss'), says: [/mean --client kafkajs\?/] },
  { name: 'deployment', args: make('--deploy', 'kubernets'), says: [/mean --deploy kubernetes\?/] },
  { name: 'security', args: make('--security', 'sram'), says: [/mean --security scram\?/] },
  { name: 'monitoring', args: make('--monitoring', 'graphana'), says: [/--monitoring grafana\?/] },
  { name: 'registry', args: make('--registry', 'avroo'), says: [/mean --registry avro\?/] },
  { name: 'engine', args: ['up', '--engine', 'dokcer'], says: [/mean --engine docker\?/] },
  { name: 'conflicts', args: ['synth', '--conflicts', 'marker'], says: [/--conflicts markers\?/] },
  { name: 'drill', args: ['verify', '--only', 'brokerloss'], says: [/mean --only broker-loss\?/] },
  { name: 'no drill at all', args: ['verify', '--only', ''], says: [/no drill "".*boot/] },
  {
    name: 'a client of another language',
    args: make('--client', 'aiokafka', '--lang', 'node'),
    says: [
      /aiokafka is a client for python, not for node/,
      /--client platformatic-kafka, or --lang/,
    ],
  },
]);

const later: readonly (readonly [flag: string, value: string, today: RegExp])[] = [
  ['--tier', '3', /today: 1, 2\./],
  ['--deploy', 'kubernetes', /today: compose, bare-metal\./],
  ['--registry', 'avro', /today: none\./],
  ['--security', 'mtls', /today: none, scram\./],
  ['--connector', 'debezium-postgresql', /today there are tiers 1 and 2\./],
  ['--pattern', 'saga', /today there are tiers 1 and 2\./],
  ['--region', 'eu', /today there are tiers 1 and 2\./],
  ['--topology', 'active-active', /today there are tiers 1 and 2\./],
];
check('what is not available yet', [
  ...later.map(([flag, value, list]) => ({
    name: `${flag} ${value}`,
    args: make(flag, value),
    says: [new RegExp(`${flag}.* is not available yet`), list],
  })),
]);

const names: readonly (readonly [what: string, name: string, next: RegExp])[] = [
  ['spaces', 'my shop', /--name my-shop/],
  ['a slash', 'my/shop', /--name my-shop/],
  ['two dots', '..', /for example --name shop/],
  ['accents', 'Café Größe', /--name cafe-grosse/],
  ['an emoji', '🚀', /for example --name shop/],
  ['control characters', 'a\u001b[31mb', /--name a-31mb/],
  ['a word of Windows', 'con', /reserved word.*--name my-con/],
  ["the broker's own name", 'kafka', /reserved word.*--name my-kafka/],
  ['a folder of the system', 'ssl', /reserved word.*\/etc\/ssl.*--name my-ssl/],
  ['300 characters', 'x'.repeat(300), /--name x{40}$/],
  ['nothing', '', /for example --name shop/],
  ['a digit first', '1shop', /--name shop/],
  ['a dash first', '-shop', /--name shop/],
];
check('names', [
  ...names.map(([what, name, next]) => ({
    name: `--name with ${what}`,
    args: make(`--name=${name}`),
    says: [/name of a platform|reserved word/, /where --name/, next],
  })),
  ...names
    .filter(([, name]) => name !== '' && name !== '..')
    .map(([what, name, next]) => ({
      name: `a folder with ${what}`,
      args: ['new', '--yes', '--', name.replaceAll('/', '∕')],
      says: [/name of a platform|reserved word/, /where \//, next],
    })),
]);

check('folders', [
  {
    name: 'a file',
    args: make(),
    given: (folder) => writeFileSync(join(folder, 'shop'), 'mine'),
    says: [/shop is a file, not a folder/],
  },
  {
    name: 'below a file',
    args: ['new', 'shop/kafka-shop', '--yes'],
    given: (folder) => writeFileSync(join(folder, 'shop'), 'mine'),
    exit: 3,
    says: [/ENOTDIR.*shop/],
  },
  {
    name: 'links that lead in a circle',
    args: make(),
    given: (folder) => {
      symlinkSync('shop', join(folder, 'eddy'));
      symlinkSync('eddy', join(folder, 'shop'));
    },
    says: [/shop.*ELOOP/],
  },
  {
    name: 'a link to nowhere',
    args: make(),
    given: (folder) => symlinkSync('nowhere', join(folder, 'shop')),
    says: [/shop.*(leads nowhere|ENOENT)/],
  },
  {
    name: 'a file of another make in the way',
    args: make(),
    given: (folder) => {
      mkdirSync(join(folder, 'shop/kafka'), { recursive: true });
      writeFileSync(join(folder, 'shop/kafka/start.sh'), 'mine');
    },
    says: [/1 file is there already/, /kafka\/start\.sh/, /nothing was written/],
  },
  {
    name: 'a name too long for the disk',
    args: ['new', 'x'.repeat(300), '--yes', '--name', 'shop'],
    exit: 3,
    says: [/ENAMETOOLONG/],
  },
  {
    name: 'no project around',
    args: ['up'],
    says: [/There is no krafter\.yaml here/, /krafter new shop/],
  },
]);

describe('a refusal with --json is JSON on standard output too', { concurrency: 2 }, () => {
  const cases: readonly (readonly [args: readonly string[], says: RegExp, exit?: number])[] = [
    [make('--bogus'), /Unknown option '--bogus'/],
    [['nwe'], /Unknown command 'nwe'/],
    [make('--tier', '5'), /--tier 5 is unknown/],
    [make('--tier', '3'), /not available yet/],
    [['health', '--bootstrap-server', 'kafka://one:1'], /no host:port/],
    [['groups', '--seconds', '1', '--bootstrap-server', 'one:1'], /seconds/],
    [['health', '--bootstrap-server', '127.0.0.1:1'], /No broker can be reached/, 3],
    [['check', 'nowhere'], /no such file or folder/],
    [['check', '--format', 'sarrif'], /Did you mean --format sarif/],
    [['explain', 'KP99'], /no rule KP99/],
    [['new', '/proc/shop', '--yes', '--name', 'shop'], /\/proc/, 3],
    [['new', 'x'.repeat(300), '--yes', '--name', 'shop'], /ENAMETOOLONG/, 3],
    [['plan'], /No load is given/],
    [['plan', '--throughput', 'lots'], /can not be read/],
    [['verify', '--only', 'nothing'], /no drill "nothing"/],
    ...['synth', 'up', 'status', 'verify'].map(
      (command) => [[command], /There is no krafter\.yaml here/] as const,
    ),
    [['down'], /no project of krafter here/],
  ];
  for (const [args, says, exit = 2] of cases) {
    it(`krafter ${args.join(' ').slice(0, 60)} --json`, async (t) => {
      const outcome = await krafter([...args, '--json'], { cwd: scratch(t) });
      assertRefusal(outcome, exit, [says], 'json');
    });
  }

  it('and new has the plan beside it, where files of yours are in the way', async (t) => {
    const folder = scratch(t);
    writeFileSync(join(folder, 'compose.yaml'), 'services: {}\n');
    const outcome = await krafter(['new', '.', '--yes', '--name', 'shop', '--json'], {
      cwd: folder,
    });
    assertRefusal(outcome, 2, [/1 file is there already/], 'json');
    const { totals } = JSON.parse(outcome.out) as { totals: { conflict: number } };
    assert.equal(totals.conflict, 1);
  });

  it('but not where --json is the name of a folder', async (t) => {
    assertRefusal(await krafter(['synth', '--', '--json'], { cwd: scratch(t) }), 2, [/no such/]);
  });
});

describe('disks', () => {
  /** A disk of its own with these options, or undefined where it may not be mounted. */
  function mounted(folder: string, options: string): boolean {
    return spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0;
  }

  for (const { name, options, says } of [
    {
      name: 'a full disk',
      options: 'size=200k',
      says: [/disk of .* is full/, /as it was/, /df -h/],
    },
    { name: 'a disk that is read-only', options: 'ro', says: [/written to \(EROFS\)/, /ls -ld/] },
  ]) {
    it(name, async (t) => {
      const folder = mkdtempSync(join(tmpdir(), 'krafter-disk-'));
      const isMounted = mounted(folder, options);
      t.after(() => {
        if (isMounted) spawnSync('umount', [folder]);
        rmSync(folder, { recursive: true, force: true });
      });
      if (!isMounted) return t.skip('mounting a disk needs root');
      assertRefusal(await krafter(make(), { cwd: folder }), 3, says);
      assert.deepEqual(tree(folder), {});
    });
  }

  it('output to a full disk', () => {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', '"$0" "$@" >/dev/full', process.execPath, ...krafterArguments(['--help'])],
      { encoding: 'utf8' },
    );
    assert.equal(status, 3, stderr);
    assert.match(stderr, /^krafter: no output: ENOSPC/);
    assert.doesNotMatch(stderr, / {4}at /);
  });
});

describe('in a project', () => {
  let home: string;
  let project: string;
  let blueprint: string;
  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'krafter-cli-'));
    project = join(home, 'shop');
    assert.equal((await krafter(make(), { cwd: home })).code, 0);
    blueprint = readFileSync(join(project, 'krafter.yaml'), 'utf8');
  });
  after(() => rmSync(home, { recursive: true, force: true }));

  async function refuses(command: readonly string[], exit: number, says: readonly RegExp[]) {
    const seen = tree(project);
    assertRefusal(await krafter(command, { cwd: project, timeoutMs: 10_000 }), exit, says);
    assert.deepEqual(tree(project), seen, 'nothing changed on disk');
  }

  it('a second new', () => refuses(['new', '--yes'], 2, [/a platform here already/, /synth/]));
  it('verify without up', () => refuses(['verify'], 3, [/shop is not running/, /krafter up/]));

  it('down without up: done, nothing ran', async () => {
    const seen = tree(project);
    const { code, err } = await krafter(['down'], { cwd: project });
    assert.equal(code, 0);
    assert.match(err, /Nothing of this project was running/);
    assert.deepEqual(tree(project), seen);
  });

  it('status without up: says so', async () => {
    const { code, out, err } = await krafter(['status'], { cwd: project });
    assert.equal(code, 0);
    assert.equal(err, '');
    assert.match(out, /shop is not running. Start it: krafter up/);
  });

  it('down where no project is', async (t) => {
    await refuses(['down', String(scratch(t)), '--volumes', '--yes'], 2, [
      /no project of krafter here/,
    ]);
  });

  it('a folder that can not be made', () =>
    refuses(['new', '/proc/shop', '--yes', '--name', 'shop'], 3, [/\/proc/]));

  it('a load that is said twice, or by half', async () => {
    await refuses(['plan', '--throughput', '1MB/s', '--messages', '9'], 2, [/both say/]);
    await refuses(['plan', '--messages', '9'], 2, [/belong together/]);
  });

  for (const command of ['up', 'down', 'status', 'synth', 'verify', 'plan']) {
    it(`${command} of a folder that is not there`, () =>
      refuses([command, 'shpo'], 2, [/no such folder/, /shpo/]));
  }

  it('up with a krafter.yaml that is newer than the files', async (t) => {
    const file = join(project, 'krafter.yaml');
    const good = readFileSync(file, 'utf8');
    t.after(() => writeFileSync(file, good));
    writeFileSync(file, good.replace(/partitions: \d+/, 'partitions: 7'));
    await refuses(['up'], 2, [/krafter\.yaml has changed since/, /krafter synth, then krafter up/]);
  });

  /** An edit of the blueprint: what synth says of it before it writes, and with --json. */
  async function notes(answers: readonly string[], edit: (text: string) => string, t: TestContext) {
    const folder = join(scratch(t), 'shop');
    assert.equal((await krafter(['new', folder, '--yes', ...answers])).code, 0);
    const file = join(folder, 'krafter.yaml');
    const text = edit(readFileSync(file, 'utf8'));
    assert.notEqual(text, readFileSync(file, 'utf8'));
    writeFileSync(file, text);
    const seen = tree(folder);
    const planned = await krafter(['synth', folder, '--dry-run', '--json']);
    const { notes: told } = JSON.parse(planned.out) as { notes: string[] };
    assert.deepEqual(tree(folder), seen);
    const { code, err } = await krafter(['synth', folder]);
    assert.equal(code, 0, err);
    const said = err.replaceAll(/\s+/g, ' ');
    for (const note of told) assert.ok(said.indexOf(note) < said.indexOf('files changed'), said);
    assert.deepEqual(JSON.parse((await krafter(['synth', folder, '--json'])).out).notes, []);
    return told.join('\n');
  }

  it('another cluster.id: synth says that Kafka refuses the data', async (t) => {
    const edit = (text: string) => text.replace(/^ {2}id: .*$/m, '  id: AAAAAAAAAAAAAAAAAAAAAA');
    assert.match(
      await notes([], edit, t),
      /^cluster\.id was \S{22} and is A{22}: Kafka refuses .* krafter down --volumes .*$/,
    );
  });

  const rename = (text: string) => text.replace(/^name: shop$/m, 'name: store');
  it('another name: synth says which containers and volumes stay behind', async (t) => {
    assert.match(
      await notes([], rename, t),
      /^The name was shop and is store: .* docker compose -p shop down .*$/,
    );
  });

  it('another name on machines: synth says which units stay behind', async (t) => {
    assert.match(
      await notes(['--deploy', 'bare-metal'], rename, t),
      /^The name was shop and is store: .* shop-\*\.service stay behind.*$/,
    );
  });

  it('another port: synth has nothing to say of the data', async (t) => {
    const edit = (text: string) => text.replace(/port: 8081/, 'port: 8082');
    assert.equal(await notes([], edit, t), '');
  });

  it('a krafter.yaml that was deleted', async (t) => {
    const file = join(project, 'krafter.yaml');
    const good = readFileSync(file, 'utf8');
    t.after(() => writeFileSync(file, good));
    rmSync(file);
    await refuses(['synth', '.'], 2, [/no krafter\.yaml/, /git checkout -- krafter\.yaml/]);
  });

  it('down --volumes asks, and without a terminal refuses', () =>
    refuses(['down', '--volumes'], 2, [/needs a yes/, /--yes/]));

  it('a record of what runs that is damaged', async (t) => {
    mkdirSync(join(project, '.krafter'));
    t.after(() => rmSync(join(project, '.krafter'), { recursive: true }));
    writeFileSync(join(project, '.krafter/run.json'), '{"version": 1, "nod');
    await refuses(['down'], 3, [/record of what is running here is damaged/, /run\.json/]);
    await refuses(['up'], 3, [/record of what is running here is damaged/, /run\.json/]);
  });

  describe('krafter.yaml', () => {
    /** An edit of the blueprint, and the text in it at which krafter points. */
    type Edit = {
      readonly name: string;
      readonly text: (good: string) => string | Buffer;
      readonly at?: RegExp;
      readonly says: readonly RegExp[];
    };
    const swap = (old: string | RegExp, text: string) => (good: string) => good.replace(old, text);
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]']
      .concat(
        [...'bcdefgh'].map((letter, index) => {
          const alias = `*${'abcdefg'[index]}`;
          return `${letter}: &${letter} [${Array(9).fill(alias).join(',')}]`;
        }),
      )
      .join('\n');

    const edits: readonly Edit[] = [
      { name: 'empty', text: () => '', at: /^/, says: [/krafter\.yaml is empty/] },
      { name: 'binary', text: () => Buffer.from([1, 0, 2]), says: [/binary file/] },
      { name: 'not UTF-8', text: () => Buffer.from([0x6e, 0xff, 0x0a]), says: [/UTF-8/] },
      { name: '50 MB', text: () => 'x'.repeat(50_000_000), says: [/50 MB, which no blueprint/] },
      { name: 'a list', text: () => '# mine\n- a\n', at: /- a/, says: [/a list.*must be a map/] },
      {
        name: 'a key twice',
        text: swap('  brokers: 1', '  brokers: 1\n  brokers: 2'),
        at: /brokers: 2/,
        says: [/a key twice/],
      },
      { name: 'a tab', text: swap('  brokers', '\tbrokers'), at: /\tbrokers/, says: [/a tab/] },
      {
        name: 'an anchor bomb',
        text: (good) => `${bomb}\n${good}`,
        at: /\*a/,
        says: [/repeats itself through YAML aliases/],
      },
      {
        name: 'an alias without anchor',
        text: swap('tier: 1', 'tier: *one'),
        at: /\*one/,
        says: [/alias \*one, which has no anchor/],
      },
      {
        name: 'two documents',
        text: (good) => `${good}---\na: 1\n`,
        at: /---/,
        says: [/one YAML/],
      },
      {
        name: 'an unknown version',
        text: swap('version: 1', 'version: one'),
        at: /version: one/,
        says: [/"version" is "one", but it must be 1/],
      },
      {
        name: 'a future version',
        text: swap('version: 1', 'version: 9'),
        at: /version: 9/,
        says: [/version 9; this krafter knows up to 1/, /npm install -g krafter/],
      },
      {
        name: 'a wrong type',
        text: swap('brokers: 1', 'brokers: one'),
        at: /brokers: one/,
        says: [/"cluster\.brokers" is "one", but it must be a number/],
      },
      {
        name: 'a heap without its unit',
        text: swap(/heap: .*/, 'heap: 512'),
        at: /heap: 512/,
        says: [
          /"cluster\.heap" is 512, but it must be a number with m or g, such as 1g/,
          /The JVM would not start/,
          /mean "512m"\?/,
        ],
      },
      {
        name: 'a heap with a unit of its own',
        text: swap(/heap: .*/, 'heap: 2 GB'),
        at: /heap: 2 GB/,
        says: [/"cluster\.heap" is "2 GB"/, /mean "2g"\?/],
      },
      {
        name: 'a rate without its unit',
        text: swap(/perPartition: .*/, 'perPartition: 10'),
        at: /perPartition: 10/,
        says: [/must be a rate above zero, such as 18MB\/s/, /mean "10MB\/s"\?/],
      },
      {
        name: 'a misspelt key',
        text: swap('heap:', 'heep:'),
        at: /heep/,
        says: [/"cluster\.heep" is not something/, /mean "heap"\?/],
      },
      {
        name: 'a misspelt key of a service',
        text: swap('deadLetters:', 'deadLeters:'),
        at: /deadLeters/,
        says: [/"services\[1\]\.deadLeters"/, /mean "deadLetters"\?/],
      },
      {
        name: 'a misspelt value',
        text: swap('deploy: compose', 'deploy: compos'),
        at: /deploy:/,
        says: [/"deploy" is "compos"/, /mean "compose"\?/],
      },
      {
        name: 'a misspelt role',
        text: swap('role: producer', 'role: produser'),
        at: /role: produser/,
        says: [/"services\[0\]\.role" is "produser"/, /mean "producer"\?/],
      },
      {
        name: 'a list instead of a map',
        text: swap(/cluster:\n( .*\n)+/, 'cluster:\n  - id: x\n'),
        at: /cluster:/,
        says: [/"cluster" is a list of 1, but it must be a map/],
      },
      {
        name: 'a key that is missing',
        text: swap(/ {2}heap: .*\n/, ''),
        at: /cluster:/,
        says: [/"cluster\.heap" is missing/],
      },
      {
        name: 'a topic of a principal that is missing',
        text: swap('produce: [web.page-views.v1]', 'produce: [web.page-views.v2]'),
        at: /web\.page-views\.v2/,
        says: [/web\.page-views\.v2 is not among the topics/],
      },
      {
        name: 'no partitions',
        text: swap('partitions: 1', 'partitions: 0'),
        at: /partitions: 0/,
        says: [/"topics\[0\]\.partitions" is 0, but it must be at least 1/],
      },
      {
        name: 'tier 2 with two brokers',
        text: (good) => good.replace('tier: 1', 'tier: 2').replace('brokers: 1', 'brokers: 2'),
        at: /brokers: 2/,
        says: [/Tier 2 with 2 brokers/, /3 or more brokers, or tier 1/],
      },
      {
        name: 'two topics that differ only in . and _',
        text: swap('topics:\n', 'topics:\n  - name: web.page-views_v1\n    partitions: 1\n'),
        at: /(?<=- )name: web\.page-views\.v1\n/,
        says: [/differ only in "\." and "_"/],
      },
      {
        name: 'a name of the platform itself',
        text: (good) => good.replaceAll('page-tracker', 'admin'),
        at: /(?<=principals:\n {2}- )name: admin/,
        says: [/name admin is taken by the platform/],
      },
      {
        name: 'a folder of the system as name',
        text: swap('name: shop', 'name: ssl'),
        at: /name: ssl/,
        says: [/"ssl" is a reserved word/, /\/etc\/ssl/, /name: my-ssl/],
      },
      {
        name: 'text that would become a topic',
        text: swap(/contents: .*/, 'contents: "mine\\ntopic evil partitions=1"'),
        at: /contents:/,
        says: [/contents" is .*must be one line of text/, /topics\.conf/],
      },
      {
        name: 'one port for both services',
        text: swap('port: 8081', 'port: 8080'),
        at: /(?<=consumer\n.*\n {4})port: 8080/,
        says: [/Port 8080 is that of page-tracker, and page-analytics has it too/],
      },
      {
        name: 'a port of a broker',
        text: swap('port: 8081', 'port: 29092'),
        at: /port: 29092/,
        says: [/Port 29092 is that of broker-1/],
      },
      {
        name: 'a security that is not available yet',
        text: swap('security: none', 'security: mtls'),
        at: /security: mtls/,
        says: [/security mtls is not available yet; today: none, scram/],
      },
    ];
    for (const { name, text, at, says } of edits) {
      it(name, async (t) => {
        const edited = text(blueprint);
        assert.notEqual(edited, blueprint);
        writeFileSync(join(project, 'krafter.yaml'), edited);
        t.after(() => writeFileSync(join(project, 'krafter.yaml'), blueprint));
        const place = at && position(String(edited), at);
        const where = place ? [new RegExp(`where krafter\\.yaml:${place}\\b`)] : [];
        await refuses(['synth'], 2, [...says, ...where]);
      });
    }

    it('missing', async (t) => {
      rmSync(join(project, 'krafter.yaml'));
      t.after(() => writeFileSync(join(project, 'krafter.yaml'), blueprint));
      await refuses(['synth', '.'], 2, [/There is no krafter\.yaml here/]);
    });

    it('a folder', async (t) => {
      rmSync(join(project, 'krafter.yaml'));
      mkdirSync(join(project, 'krafter.yaml'));
      t.after(() => {
        rmSync(join(project, 'krafter.yaml'), { recursive: true });
        writeFileSync(join(project, 'krafter.yaml'), blueprint);
      });
      await refuses(['synth', '.'], 2, [/krafter\.yaml is not a file/]);
    });

    it('a named pipe that nobody writes to', async (t) => {
      rmSync(join(project, 'krafter.yaml'));
      spawnSync('mkfifo', [join(project, 'krafter.yaml')]);
      t.after(() => {
        rmSync(join(project, 'krafter.yaml'));
        writeFileSync(join(project, 'krafter.yaml'), blueprint);
      });
      await refuses(['synth', '.'], 2, [/krafter\.yaml is not a file/]);
    });
  });

  describe('krafter.lock.json', () => {
    for (const { name, edit, says } of [
      {
        name: 'cut off',
        edit: (lock: string) => lock.slice(0, 500),
        says: [/damaged: it is not JSON/],
      },
      {
        name: 'in a git conflict',
        edit: (lock: string) => `<<<<<<< ours\n${lock}=======\n${lock}>>>>>>> theirs\n`,
        says: [/git conflict markers/],
      },
      {
        name: 'of a newer version',
        edit: (lock: string) => lock.replace('"version": 1', '"version": 2'),
        says: [/written by a newer krafter/, /npm install -g krafter@/],
      },
      {
        name: 'with a path out of the project',
        edit: (lock: string) => lock.replace('"README.md"', '"../README.md"'),
        says: [/damaged: the path/],
      },
    ]) {
      it(name, async (t) => {
        const file = join(project, 'krafter.lock.json');
        const lock = readFileSync(file, 'utf8');
        writeFileSync(file, edit(lock));
        t.after(() => writeFileSync(file, lock));
        await refuses(['synth'], 2, says);
      });
    }

    it('missing: what is there is taken as yours, nothing is lost', async (t) => {
      const copy = join(scratch(t), 'shop');
      cpSync(project, copy, { recursive: true });
      const seen = tree(copy);
      rmSync(join(copy, 'krafter.lock.json'));
      assert.equal((await krafter(['synth', copy])).code, 0);
      assert.deepEqual(Object.keys(tree(copy)), Object.keys(seen));
      assert.equal(tree(copy)['README.md'], seen['README.md']);
    });
  });
});

/** `line:column` of the first match, from 1. */
function position(text: string, pattern: RegExp): string {
  const offset = text.search(pattern);
  assert.ok(offset >= 0, `${pattern} is not in the edited file`);
  const before = text.slice(0, offset).split('\n');
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`;
}

function krafterArguments(args: readonly string[]): string[] {
  return [join(import.meta.dirname, '../../src/cli/main.ts'), ...args];
}

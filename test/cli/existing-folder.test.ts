/** What `krafter new` says besides what it wrote: of what is there already, and what it leaves. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { execa } from 'execa';
import { ignored } from '../../src/synthesis.ts';
import { assertRefusal, krafter, pathWithout, scratch, tree } from './session.ts';

type Files = Readonly<Record<string, string>>;

/** A folder called shop with these files. */
function folderWith(t: TestContext, files: Files): string {
  const folder = join(scratch(t), 'shop');
  mkdirSync(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** What `krafter new` said, with lines as they would be without a width. */
async function created(folder: string, ...flags: readonly string[]): Promise<string> {
  const { code, err } = await krafter(['new', folder, '--yes', ...flags]);
  assert.equal(code, 0, err);
  return err.replaceAll(/\s+/g, ' ');
}

describe('a platform without its krafter.yaml', () => {
  it('is not taken for a place for a new one', async (t) => {
    const folder = folderWith(t, {});
    await created(folder, '--tier', '1', '--monitoring', 'grafana');
    rmSync(join(folder, 'krafter.yaml'));
    const seen = tree(folder);
    for (const more of [['--dry-run'], ['--json'], []]) {
      const flags = ['--tier', '2', '--use-case', 'logs', ...more];
      assertRefusal(
        await krafter(['new', folder, '--yes', ...flags]),
        2,
        [
          /There is a platform here, but its krafter\.yaml is gone/,
          /krafter\.lock\.json/,
          /git checkout -- krafter\.yaml/,
        ],
        more.includes('--json') ? 'json' : 'words',
      );
      assert.deepEqual(tree(folder), seen);
    }
  });
});

describe('what is found and can not be generated', () => {
  const kubernetes = {
    'kafka.yaml':
      'apiVersion: kafka.strimzi.io/v1beta2\nkind: Kafka\nmetadata:\n  name: orders\nspec: {}\n',
  };
  for (const { name, files, flags, says } of [
    {
      name: 'a deployment',
      files: kubernetes,
      flags: [],
      says: /kubernetes can not be generated yet/,
    },
    {
      name: 'no deployment, where --deploy says which',
      files: kubernetes,
      flags: ['--deploy', 'compose'],
    },
  ]) {
    it(`is told: ${name}`, async (t) => {
      const said = await created(folderWith(t, files), ...flags);
      if (says) assert.match(said, says);
      else assert.doesNotMatch(said, /can not be generated/);
    });
  }
});

describe('files that can not be looked at', () => {
  it('are named with the reason', async (t) => {
    const folder = folderWith(t, {
      'package.json': '{"dependencies": ',
      'requirements.txt': `${'x'.repeat(1_000_001)}\n`,
    });
    const said = await created(folder);
    assert.match(said, /! package\.json: /);
    assert.match(said, /! requirements\.txt: larger than 1 MB/);
  });

  it('are counted, where they are many', async (t) => {
    const broken = Array.from({ length: 9 }, (_, index) => [`s${index}/package.json`, '{']);
    const folder = folderWith(t, Object.fromEntries(broken));
    const { out, err } = await krafter(['new', folder, '--yes', '--json']);
    const { notes } = JSON.parse(out) as { notes: string[] };
    assert.equal(notes.length, 4);
    assert.match(notes.at(-1) ?? '', /6 more files could not be read/);
    assert.match(err, /6 more files/);
  });
});

describe('a production platform without security', () => {
  it('is told what that means, and how to change it', async (t) => {
    const folder = join(scratch(t), 'shop');
    const said = await created(folder, '--tier', '2', '--security', 'none');
    assert.match(said, /whoever reaches a broker's port may read, write and delete everything/);
    assert.match(said, /security: scram in krafter\.yaml, then krafter synth/);
  });

  for (const flags of [
    ['--tier', '1'],
    ['--tier', '2'],
  ]) {
    it(`is not meant by ${flags.join(' ')}`, async (t) => {
      assert.doesNotMatch(await created(join(scratch(t), 'shop'), ...flags), /whoever reaches/);
    });
  }
});

describe('a .gitignore that is there', () => {
  const all = `${ignored.join('\n')}\n`;
  for (const { name, text, lacks } of [
    { name: 'with everything', text: `# mine\ndist/\n${all}`, lacks: [] },
    {
      name: 'with everything in other words',
      text: '/.env\n.krafter\n*.krafter-new\n/security/secrets/\n',
      lacks: [],
    },
    { name: 'with nothing of it', text: 'dist/\n', lacks: [...ignored] },
    { name: 'that lacks one', text: all.replace('.krafter/\n', ''), lacks: ['.krafter/'] },
    { name: 'that takes one back', text: `${all}!.env\n`, lacks: ['.env'] },
  ]) {
    it(`${name}: it stays, and is told what it lacks`, async (t) => {
      const folder = folderWith(t, { '.gitignore': text });
      const said = await created(folder);
      assert.equal(readFileSync(join(folder, '.gitignore'), 'utf8'), text);
      const told = /Your \.gitignore stays as it is, but lacks: (.*?)\. Add/.exec(said)?.[1];
      assert.deepEqual(told?.split(', ') ?? [], lacks);
    });
  }
});

describe('an app/ that is there', () => {
  it('stays, and is told what comes beside it', async (t) => {
    const folder = folderWith(t, { 'app/main.rb': 'puts 1\n' });
    const said = await created(folder);
    assert.equal(readFileSync(join(folder, 'app/main.rb'), 'utf8'), 'puts 1\n');
    assert.match(said, /Your app\/ stays as it is \(main\.rb\); the \d+ files .* go beside it/);
  });

  it('is told of in the plan, before anything is written', async (t) => {
    const folder = folderWith(t, { 'app/main.rb': 'puts 1\n' });
    const seen = tree(folder);
    const { out, err } = await krafter(['new', folder, '--yes', '--dry-run', '--json']);
    assert.match((JSON.parse(out) as { notes: string[] }).notes.join(), /Your app\/ stays/);
    assert.match(err, /Your app\/ stays/);
    assert.deepEqual(tree(folder), seen);
  });

  it('is not mentioned where it is empty', async (t) => {
    const folder = folderWith(t, {});
    mkdirSync(join(folder, 'app'));
    assert.doesNotMatch(await created(folder), /app\//);
  });
});

describe('a file of Compose that is there', () => {
  const theirs = 'services: {}\n';
  const without = /Compose (prefers|merges)/;

  for (const name of ['compose.yml', 'docker-compose.yml', 'docker-compose.yaml']) {
    it(`${name}: it is told that Compose ignores it from now on`, async (t) => {
      const said = await created(folderWith(t, { [name]: theirs }));
      assert.match(said, new RegExp(`prefers compose\\.yaml.* ignores your ${name} .*-f ${name}`));
    });
  }

  it('an override: it is told that Compose merges it', async (t) => {
    const said = await created(folderWith(t, { 'docker-compose.override.yml': theirs }));
    assert.match(said, /merges your docker-compose\.override\.yml into compose\.yaml/);
  });

  it('is not mentioned where the platform is not for Compose', async (t) => {
    const folder = folderWith(t, { 'docker-compose.yml': theirs });
    assert.doesNotMatch(await created(folder, '--deploy', 'bare-metal'), without);
  });
});

describe('an .env that is there', () => {
  const mine = 'DATABASE_URL=postgresql://db/shop\nADMIN_PASSWORD=kept\nBROKER_PASSWORD=\n';
  const secured = ['--tier', '2', '--monitoring', 'none'];
  const git = (folder: string, ...args: readonly string[]) => execa('git', ['-C', folder, ...args]);
  const makeSecrets = (folder: string, env: Readonly<Record<string, string>> = {}) =>
    execa('bash', [join(folder, 'security/secrets.sh')], { reject: false, env });
  const given = (t: TestContext): string => {
    const folder = folderWith(t, { '.env': mine });
    chmodSync(join(folder, '.env'), 0o644);
    return folder;
  };
  const text = (folder: string) => readFileSync(join(folder, '.env'), 'utf8');
  const mode = (folder: string) => (statSync(join(folder, '.env')).mode & 0o777).toString(8);

  it('stays as it is, and is told what it lacks', async (t) => {
    const folder = given(t);
    const said = await created(folder, ...secured);
    assert.equal(text(folder), mine);
    assert.equal(mode(folder), '644');
    assert.match(
      said,
      /Your \.env stays as it is, but lacks BROKER_PASSWORD, PAGE_TRACKER_PASSWORD, PAGE_ANALYTICS_PASSWORD, PAGE_ANALYTICS_REPLAY_PASSWORD\./,
    );
    assert.match(said, /mode 600; it is 644/);
    assert.doesNotMatch(said, /Git tracks/);
  });

  it('is not mentioned where the platform has no secrets', async (t) => {
    assert.doesNotMatch(await created(given(t), '--tier', '1'), /\.env/);
  });

  it('gets what it lacks from security/secrets.sh, which tells the mode', async (t) => {
    const folder = given(t);
    await created(folder, ...secured);
    const { exitCode, stderr } = await makeSecrets(folder);
    assert.equal(exitCode, 0, stderr);
    assert.match(
      stderr,
      /made 4 passwords in \.env, which only you can read now \(mode 600, was 644\)/,
    );
    assert.equal(mode(folder), '600');
    assert.match(text(folder), /^DATABASE_URL=postgresql:\/\/db\/shop\nADMIN_PASSWORD=kept\n/);
    assert.match(text(folder), /^BROKER_PASSWORD=[0-9a-f]{48}$/m);
    assert.equal((await makeSecrets(folder)).stderr, '');
    chmodSync(join(folder, '.env'), 0o640);
    assert.match(
      (await makeSecrets(folder)).stderr,
      /others .* may read \.env \(mode 640\): chmod 600/,
    );
  });

  it('gets no secrets while git tracks it', async (t) => {
    const folder = given(t);
    await git(folder, 'init', '--quiet');
    await git(folder, 'add', '.env');
    assert.match(await created(folder, ...secured), /Git tracks your \.env.*git rm --cached \.env/);
    const refused = await makeSecrets(folder);
    assert.equal(refused.exitCode, 2);
    assert.match(refused.stderr, /git tracks \.env.*\n.*git rm --cached \.env/);
    assert.equal(text(folder), mine);
    assert.deepEqual(
      Object.keys(tree(folder)).filter((path) => /^\.env\./.test(path)),
      [],
    );
    await git(folder, 'rm', '--cached', '--quiet', '.env');
    assert.equal((await makeSecrets(folder)).exitCode, 0);
    assert.notEqual(text(folder), mine);
  });

  it('is refused by up while git tracks it, passwords and all', async (t) => {
    const folder = folderWith(t, {});
    await created(folder, ...secured);
    await git(folder, 'init', '--quiet');
    await git(folder, 'add', '--force', '.env');
    for (const engine of ['native', 'docker']) {
      assertRefusal(await krafter(['up', folder, '--engine', engine]), 2, [
        /Git tracks \.env, the file for the passwords/,
        /where \.env/,
        /git rm --cached \.env.* change them, as README\.md says under Secrets/,
      ]);
    }
    assert.match((await makeSecrets(folder)).stderr, /git tracks \.env.* then change them/);
  });

  it('needs no git', async (t) => {
    const folder = given(t);
    const PATH = pathWithout(scratch(t), 'git');
    const { code, err } = await krafter(['new', folder, '--yes', ...secured], { env: { PATH } });
    assert.equal(code, 0, err);
    assert.doesNotMatch(err, /Git tracks/);
    assert.equal((await makeSecrets(folder, { PATH })).exitCode, 0);
  });
});

import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { execa } from 'execa';

const script = join(import.meta.dirname, '../../../templates/platform/kafka/start.sh');

/** A node with a user, whose storage tool does what is said; `$1` and `$2` are its arguments. */
async function start(
  test: TestContext,
  storageTool: string,
  env: Record<string, string> = { ALICE_PASSWORD: 'secret' },
) {
  const root = mkdtempSync(join(tmpdir(), 'start-'));
  test.after(() => rmSync(root, { recursive: true }));
  const file = (path: string, text: string, mode = 0o644) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text, { mode });
  };
  file('kafka/cluster.conf', 'CLUSTER_ID=id\nINITIAL_CONTROLLERS=1@a:9093:b\n');
  file('kafka/node/server.properties', `process.roles=broker,controller\nlog.dirs=${root}/data\n`);
  file('security/users.conf', '# users\nalice ALICE_PASSWORD SCRAM-SHA-512\n');
  file('bin/kafka-storage.sh', `#!/bin/bash\ncp "\${2#@}" ${root}/seen\n${storageTool}\n`, 0o755);
  file('bin/kafka-server-start.sh', `#!/bin/bash\nls -A ${root}/tmp >${root}/left\n`, 0o755);
  mkdirSync(join(root, 'tmp'));
  cpSync(script, join(root, 'kafka/start.sh'));
  const { exitCode, all } = await execa(
    'bash',
    [join(root, 'kafka/start.sh'), join(root, 'kafka/node')],
    { reject: false, all: true, env: { ...env, TMPDIR: join(root, 'tmp'), KAFKA_HOME: root } },
  );
  const read = (name: string) =>
    existsSync(join(root, name)) ? readFileSync(join(root, name), 'utf8') : undefined;
  return {
    code: exitCode,
    output: all,
    /** What the storage tool was given, and what lay in TMPDIR when the server began. */
    formattedWith: read('seen'),
    leftForServer: read('left'),
    temporary: readdirSync(join(root, 'tmp')),
  };
}

describe('kafka/start.sh', () => {
  it('formats with the users, and leaves no password when the server starts', async (t) => {
    const { code, output, formattedWith, leftForServer } = await start(t, ':');
    assert.equal(code, 0, output);
    assert.match(formattedWith ?? '', /^SCRAM-SHA-512=\[name=alice,password=secret\]$/m);
    assert.equal(leftForServer, '');
  });

  it('does not print the keys of the users', async (t) => {
    const { output } = await start(t, 'echo "Bootstrap metadata: salt"; echo Formatting');
    assert.equal(output, 'Formatting');
  });

  for (const [what, storageTool] of [
    ['when the storage can not be formatted', 'echo no room; exit 1'],
    ['when it is told to end while it formats', 'kill -TERM "$PPID"; sleep 0.2; exit 1'],
  ] as const) {
    it(`leaves no password, and starts nothing, ${what}`, async (t) => {
      const { code, formattedWith, leftForServer, temporary } = await start(t, storageTool);
      assert.notEqual(code, 0);
      assert.match(formattedWith ?? '', /password=secret/);
      assert.deepEqual(temporary, []);
      assert.equal(leftForServer, undefined);
    });
  }

  it('says which password is missing, and formats nothing', async (t) => {
    const { code, output, formattedWith, temporary } = await start(t, ':', {});
    assert.equal(code, 2);
    assert.match(output, /ALICE_PASSWORD is not set; run security\/secrets\.sh/);
    assert.equal(formattedWith, undefined);
    assert.deepEqual(temporary, []);
  });
});

import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { execa } from 'execa';
import { requireDocker } from '../../../src/engine/docker/compose.ts';
import { KrafterError, type Trouble } from '../../../src/errors.ts';

const hasDocker = (await execa('docker', ['--version'], { reject: false })).exitCode === 0;

describe('what is in the way of Docker', () => {
  const environment = { ...process.env };
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'docker-'));
  });
  after(() => rmSync(folder, { recursive: true }));
  afterEach(() => {
    process.env = { ...environment };
  });

  /** A docker command that behaves so. */
  const command = (script: string) => {
    writeFileSync(join(folder, 'docker'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'docker'), 0o755);
    process.env.PATH = `${folder}:${environment.PATH}`;
  };

  it('no docker command', async () => {
    process.env.PATH = '/nonexistent';
    assert.equal((await trouble()).what, 'Docker was not found.');
  });

  it('no daemon', { skip: !hasDocker }, async () => {
    process.env.DOCKER_HOST = `unix://${folder}/docker.sock`;
    const { what, where } = await trouble();
    assert.equal(what, 'The Docker daemon is not running.');
    assert.equal(where, process.env.DOCKER_HOST);
  });

  it('a daemon that accepts and never answers', { skip: !hasDocker }, async () => {
    const socket = join(folder, 'silent.sock');
    const server = createServer(() => undefined).listen(socket);
    process.env.DOCKER_HOST = `unix://${socket}`;
    const start = performance.now();
    assert.match((await trouble(1000)).what, /did not answer within 1 s/);
    assert.ok(performance.now() - start < 3000);
    server.close();
  });

  it('a socket that belongs to others', async () => {
    command(
      'echo "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock" >&2; exit 1',
    );
    const { what, next } = await trouble();
    assert.match(what, /may not use the Docker daemon/);
    assert.match(next ?? '', /usermod -aG docker/);
  });

  it('no Compose plugin', async () => {
    command(`case $1 in
  version) echo 29.0.0 ;;
  *) echo "docker: unknown command: docker compose" >&2; exit 1 ;;
esac`);
    assert.match((await trouble()).what, /not its Compose plugin/);
  });

  it('a Compose that is too old for the file', async () => {
    command(`case $1 in
  version) echo 24.0.0 ;;
  *) echo 2.18.1 ;;
esac`);
    assert.match((await trouble()).what, /Compose 2\.18\.1 is too old/);
  });
});

async function trouble(answerMs?: number): Promise<Trouble> {
  const error = await requireDocker(answerMs).then(
    () => assert.fail('nothing was in the way'),
    (reason) => reason,
  );
  assert.ok(error instanceof KrafterError, String(error));
  assert.equal(error.exit, 3);
  return error.trouble;
}

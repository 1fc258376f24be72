import assert from 'node:assert/strict';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { execa } from 'execa';

const script = join(import.meta.dirname, '../../../templates/platform/security/certs.sh');

type Outcome = { readonly code: number | undefined; readonly output: string };

/** A project with certs.sh and nodes, as far as it needs them. */
class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'certs-'));

  constructor(nodes: Readonly<Record<string, string>> = { 'broker-1': 'kafka-1.example' }) {
    mkdirSync(join(this.folder, 'kafka'));
    mkdirSync(join(this.folder, 'security'));
    cpSync(script, join(this.folder, 'security/certs.sh'));
    const lines = Object.entries(nodes).map(([name, host], id) => `${id + 1} ${name} ${host}\n`);
    writeFileSync(join(this.folder, 'kafka/nodes.conf'), lines.join(''));
  }

  copy(): Project {
    const copy = new Project();
    cpSync(this.folder, copy.folder, { recursive: true });
    return copy;
  }

  secret(name: string): string {
    return join(this.folder, 'security/secrets', name);
  }

  read(name: string): string {
    return readFileSync(this.secret(name), 'utf8');
  }

  async certs(args: readonly string[] = [], env: Record<string, string> = {}): Promise<Outcome> {
    const { exitCode, all } = await execa('bash', ['security/certs.sh', ...args], {
      cwd: this.folder,
      reject: false,
      all: true,
      env,
    });
    return { code: exitCode, output: all };
  }

  /** Replaces a program for one run: from its `nth` call on, counted in $calls, it does this. */
  async certsWith(
    program: string,
    nth: number,
    instead: string,
    args: readonly string[],
  ): Promise<Outcome & { readonly reached: boolean }> {
    const bin = mkdtempSync(join(this.folder, 'bin-'));
    const real = (await execa('which', [program])).stdout;
    const lines = [
      '#!/bin/bash',
      `echo >>${bin}/calls`,
      `[ "$(wc -l <${bin}/calls)" -lt ${nth} ] || { ${instead}; }`,
      `exec ${real} "$@"`,
    ];
    writeFileSync(join(bin, program), lines.join('\n'), { mode: 0o755 });
    const outcome = await this.certs(args, { PATH: `${bin}:${process.env.PATH}` });
    const calls = existsSync(join(bin, 'calls')) ? readFileSync(join(bin, 'calls'), 'utf8') : '';
    return { ...outcome, reached: calls.length >= nth };
  }

  openssl(...args: readonly string[]): Promise<{ exitCode?: number | undefined; stdout: string }> {
    return execa('openssl', args, { cwd: join(this.folder, 'security/secrets'), reject: false });
  }

  /** Whether a certificate is trusted by ca.pem, under what a client asks for. */
  async isTrusted(node: string, ...asked: readonly string[]): Promise<boolean> {
    const verify = ['verify', '-CAfile', 'ca.pem', ...asked, `${node}.pem`];
    return (await this.openssl(...verify)).exitCode === 0;
  }

  /** What must hold whatever happened: keys belong to certificates, and those are trusted. */
  async assertWhole(): Promise<void> {
    const publicKey = async (...args: string[]) => (await this.openssl(...args)).stdout;
    for (const [key, certificate] of [
      ['ca.key', 'ca-signing.pem'],
      ['broker-1.pem', 'broker-1.pem'],
    ] as const) {
      assert.equal(
        await publicKey('pkey', '-in', key, '-pubout'),
        await publicKey('x509', '-in', certificate, '-noout', '-pubkey'),
        key,
      );
    }
    assert.ok(await this.isTrusted('broker-1'));
    assert.ok(this.read('ca.pem').includes(this.read('ca-signing.pem')));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

const failing = 'echo "no entropy" >&2; exit 1';
const killed = 'kill -KILL "$PPID"; exit 1';

/** Each command that makes something, and what was made before it. */
const commands = [
  { args: ['make'], earlier: [] },
  { args: ['renew', 'broker-1'], earlier: [['make']] },
  { args: ['rotate-ca'], earlier: [['make']] },
  { args: ['retire-ca'], earlier: [['make'], ['rotate-ca'], ['renew', 'broker-1']] },
] as const;

describe('security/certs.sh', () => {
  for (const { args, earlier } of commands) {
    for (const [program, instead, event] of [
      ['openssl', failing, 'openssl fails'],
      ['mv', killed, 'it is killed before it moves a file'],
    ] as const) {
      it(`${args[0]} leaves what works, and can be run again, wherever ${event}`, async (t) => {
        const before = new Project();
        t.after(() => before.remove());
        for (const made of earlier) assert.equal((await before.certs(made)).code, 0);
        for (let nth = 1; ; nth++) {
          const project = before.copy();
          t.after(() => project.remove());
          const { reached, code, output } = await project.certsWith(program, nth, instead, args);
          if (!reached) {
            assert.ok(nth > 1, `no call of ${program}`);
            break;
          }
          if (earlier.length > 0) assert.ok(await project.isTrusted('broker-1'), output);
          if (program === 'openssl' && code !== 0) {
            assert.match(output, /^certs\.sh: /m);
            const left = readdirSync(project.secret('.')).filter((name) => name.startsWith('.'));
            assert.deepEqual(left, []);
          }
          const again = await project.certs(args);
          const wasDone = /two CAs are trusted already/.test(again.output);
          assert.ok(again.code === 0 || wasDone, `${nth}: ${output}\n${again.output}`);
          await project.assertWhole();
        }
      });
    }
  }

  describe('where the key of the CA is kept elsewhere', () => {
    const project = new Project({ 'broker-1': 'kafka-1.example', 'broker-2': 'kafka-2.example' });
    before(async () => {
      await project.certs();
      renameSync(project.secret('ca.key'), join(project.folder, 'kept'));
    });
    after(() => project.remove());

    it('has nothing to say as long as nothing has to be signed', async () => {
      assert.deepEqual(await project.certs(), { code: 0, output: '' });
    });

    it('says so when a certificate has to be signed, and keeps the old one', async () => {
      const { code, output } = await project.certs(['renew', 'broker-1']);
      assert.equal(code, 2);
      assert.match(output, /broker-1 needs a signature, and the key of the CA is not here/);
      assert.ok(await project.isTrusted('broker-1'));
      renameSync(project.secret('broker-2.pem'), join(project.folder, 'away'));
      const missing = await project.certs();
      assert.equal(missing.code, 2);
      assert.match(missing.output, /broker-2 needs a signature/);
      renameSync(join(project.folder, 'away'), project.secret('broker-2.pem'));
    });

    it('signs with a key that is brought back, and with no other', async () => {
      const { stdout } = await project.openssl('genpkey', '-algorithm', 'ED25519');
      writeFileSync(project.secret('ca.key'), stdout);
      const foreign = await project.certs(['renew', 'broker-1']);
      assert.equal(foreign.code, 2, foreign.output);
      assert.match(foreign.output, /openssl x509 failed: /);
      cpSync(join(project.folder, 'kept'), project.secret('ca.key'));
      assert.equal((await project.certs(['renew', 'broker-1'])).code, 0);
      await project.assertWhole();
    });
  });

  it('names a host by name or by address, as clients ask for it', async (t) => {
    const hosts = { 'broker-1': '10.0.0.1', 'broker-2': 'fd00::2', 'broker-3': '3.kafka.example' };
    const project = new Project(hosts);
    t.after(() => project.remove());
    await project.certs();
    assert.ok(await project.isTrusted('broker-1', '-verify_ip', '10.0.0.1'));
    assert.ok(await project.isTrusted('broker-1', '-verify_hostname', 'broker-1'));
    assert.ok(!(await project.isTrusted('broker-1', '-verify_ip', '10.0.0.2')));
    assert.ok(await project.isTrusted('broker-2', '-verify_ip', 'fd00::2'));
    assert.ok(await project.isTrusted('broker-3', '-verify_hostname', '3.kafka.example'));
  });

  for (const lost of ['ca.pem', 'ca-signing.pem']) {
    it(`starts no new CA because ${lost} is lost`, async (t) => {
      const project = new Project();
      t.after(() => project.remove());
      await project.certs();
      const key = project.read('ca.key');
      rmSync(project.secret(lost));
      const { code, output } = await project.certs();
      assert.equal(code, 2);
      assert.match(output, new RegExp(`${lost} is missing`));
      assert.equal(project.read('ca.key'), key);
    });
  }

  it('goes through a change of the CA without a moment of distrust', async (t) => {
    const project = new Project();
    t.after(() => project.remove());
    await project.certs();
    const old = project.read('ca.pem');
    await project.certs(['rotate-ca']);
    assert.ok(await project.isTrusted('broker-1'));
    const early = await project.certs(['retire-ca']);
    assert.equal(early.code, 2);
    assert.match(early.output, /broker-1 has no valid certificate of the new CA/);
    await project.certs(['renew', 'broker-1']);
    assert.equal((await project.certs(['retire-ca'])).code, 0);
    await project.assertWhole();
    assert.ok(!project.read('ca.pem').includes(old));
  });

  it('shows who is certified until when, and warns below 30 days', async (t) => {
    const project = new Project();
    t.after(() => project.remove());
    await project.certs();
    // A day less from the second after they were made.
    const good = await project.certs(['status']);
    assert.match(
      good.output,
      /^ca-signing +(3649|3650) days left, until .*\nbroker-1 +(364|365) days left/,
    );
    assert.equal(good.code, 0);
    await project.certs(['renew', 'broker-1'], { CERT_DAYS: '29' });
    assert.equal((await project.certs(['status'])).code, 1);
    writeFileSync(project.secret('broker-1.pem'), 'nothing');
    const bad = await project.certs(['status']);
    assert.match(bad.output, /^broker-1 +no certificate$/m);
    assert.equal(bad.code, 1);
  });

  it('gives Prometheus the date of each certificate that can be read', async (t) => {
    const project = new Project({ 'broker-1': 'a', 'broker-2': 'b' });
    t.after(() => project.remove());
    await project.certs();
    writeFileSync(project.secret('broker-1.pem'), 'nothing');
    const { code, output } = await project.certs();
    assert.equal(code, 0);
    assert.match(output, /broker-1\.pem is no certificate/);
    const metrics = project.read('metrics/certificates.prom');
    assert.deepEqual(
      [...metrics.matchAll(/certificate="(.+)"\} [0-9]{10}$/gm)].map(([, name]) => name),
      ['ca', 'broker-2'],
    );
  });
});

/** What a machine lacks, or what was done to it, is told before anything is started. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
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
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { kafkaDistribution } from '../../src/engine/native/distribution.ts';
import {
  assertRefusal,
  krafter,
  pathWith,
  pathWithout,
  processesOf,
  type Surroundings,
  scratch,
  tree,
} from './session.ts';

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'krafter');

describe('up', () => {
  let home: string;
  let plain: string;
  let secured: string;
  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'krafter-cli-'));
    plain = join(home, 'plain');
    secured = join(home, 'secured');
    assert.equal((await krafter(['new', plain, '--yes'])).code, 0);
    assert.equal((await krafter(['new', secured, '--yes', '--tier', '2'])).code, 0);
    await kafkaDistribution('java', AbortSignal.timeout(600_000));
    spawnSync('bash', [join(secured, 'security/certs.sh')]);
  });
  after(() => rmSync(home, { recursive: true, force: true }));

  async function refuses(
    project: string,
    says: readonly RegExp[],
    surroundings: Surroundings = {},
    args: readonly string[] = [],
  ): Promise<void> {
    // Written anew at each look at the certificates, from what is there.
    const { 'security/secrets/metrics/certificates.prom': _before, ...seen } = tree(project);
    assertRefusal(await krafter(['up', project, ...args], surroundings), 3, says);
    const { 'security/secrets/metrics/certificates.prom': _after, ...left } = tree(project);
    assert.deepEqual(left, seen, 'nothing changed on disk');
    assert.deepEqual(processesOf(project), []);
  }

  describe('without', () => {
    it('Java', () =>
      refuses(plain, [/Java was not found/, /apt-get install openjdk-17/], {
        env: { PATH: '/nowhere', JAVA_HOME: undefined },
      }));

    for (const [version, major] of [
      ['1.8.0_402', 8],
      ['11.0.2', 11],
    ] as const) {
      it(`a Java newer than ${version}`, (t) => {
        const PATH = pathWith(
          scratch(t),
          'java',
          `echo 'openjdk version "${version}" 2024-01-16' >&2`,
        );
        return refuses(plain, [new RegExp(`Java ${major} is too old`), /17 or newer/], {
          env: { PATH, JAVA_HOME: undefined },
        });
      });
    }

    it('Maven, and nothing downloaded yet', (t) => {
      const place = scratch(t);
      return refuses(plain, [/Maven was not found/, /apt-get install maven/], {
        env: { PATH: pathWithout(place, 'mvn'), XDG_CACHE_HOME: join(place, 'cache') },
      });
    });

    it('a network, and nothing downloaded yet', async (t) => {
      const place = scratch(t);
      await refuses(plain, [/Maven could not get Kafka/, /offline/, /settings\.xml/], {
        env: {
          XDG_CACHE_HOME: join(place, 'cache'),
          // What Maven says without a network.
          PATH: pathWith(
            place,
            'mvn',
            'echo "[ERROR] Cannot access central in offline mode: kafka_2.13"; exit 1',
          ),
        },
      });
      assert.deepEqual(readdirSync(join(place, 'cache/krafter')), []);
    });

    it('openssl, where there is security', (t) =>
      refuses(secured, [/secrets\.sh failed/, /openssl is missing.*apt-get install openssl/], {
        env: { PATH: pathWithout(scratch(t), 'openssl') },
      }));

    it('Python', (t) =>
      refuses(plain, [/Python was not found/, /3\.11 or newer/], {
        env: { PATH: pathWithout(scratch(t), 'python3') },
      }));

    it('a Python that is new enough', (t) =>
      refuses(plain, [/Python 3\.8\.10 is too old/, /3\.11 or newer/], {
        env: { PATH: pathWith(scratch(t), 'python3', 'echo 3.8.10') },
      }));

    it('virtual environments', (t) =>
      refuses(plain, [/Python 3\.12\.3 can not make virtual environments/, /python3-venv/], {
        env: {
          PATH: pathWith(
            scratch(t),
            'python3',
            `echo 3.12.3; echo "ModuleNotFoundError: No module named 'ensurepip'" >&2; exit 1`,
          ),
        },
      }));

    it('Docker, where it was asked for', (t) =>
      refuses(
        plain,
        [/Docker was not found/, /without Docker: krafter up/],
        { env: { PATH: pathWithout(scratch(t), 'docker') } },
        ['--engine', 'docker'],
      ));
  });

  it('room on the disk', async (t) => {
    const disk = scratch(t);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', disk]);
    if (mounted.status !== 0) return t.skip('mounting a small disk needs root');
    try {
      const project = join(disk, 'shop');
      assert.equal((await krafter(['new', project, '--yes'])).code, 0);
      await refuses(project, [/disk has \d+ MB left; 1 node need/, /df -h/]);
    } finally {
      spawnSync('umount', [disk]);
    }
  });

  it('a downloaded jar that was changed', async (t) => {
    const place = scratch(t);
    const copy = join(place, 'krafter', 'kafka-4.3.1');
    const original = readdirSync(cache).find((name) => name.startsWith('kafka-')) ?? '';
    cpSync(join(cache, original), join(place, 'krafter', original), { recursive: true });
    const libs = join(place, 'krafter', original, 'libs');
    const jar = readdirSync(libs).find((name) => name.startsWith('kafka-clients')) ?? '';
    writeFileSync(join(libs, jar), 'not what was downloaded');
    assert.ok(existsSync(copy));
    await refuses(plain, [/cached Kafka .* is not what was downloaded/, /Remove/], {
      env: { XDG_CACHE_HOME: place },
    });
  });

  it('a node whose settings were deleted', async (t) => {
    const file = join(plain, 'kafka/broker-1/server.properties');
    const text = readFileSync(file);
    rmSync(file);
    t.after(() => writeFileSync(file, text));
    await refuses(plain, [/kafka\/broker-1\/server\.properties can not be read/, /git checkout/]);
  });

  it('a list of dependencies that was deleted', async (t) => {
    const file = join(plain, 'app/requirements.lock');
    const text = readFileSync(file);
    rmSync(file);
    t.after(() => writeFileSync(file, text));
    await refuses(plain, [/list of dependencies/, /requirements\.lock/, /git checkout/]);
  });

  it('the data of another cluster', async (t) => {
    const data = join(plain, '.krafter/data/broker-1');
    mkdirSync(data, { recursive: true });
    t.after(() => rmSync(join(plain, '.krafter'), { recursive: true }));
    writeFileSync(
      join(data, 'meta.properties'),
      'version=1\ncluster.id=AAAAAAAAAAAAAAAAAAAAAA\nnode.id=1\n',
    );
    const { code, err } = await krafter(['up', plain]);
    assert.equal(code, 3);
    assert.match(
      err.replaceAll(/\s+/g, ' '),
      /data of broker-1 belongs to another cluster, AAAAAAAAAAAAAAAAAAAAAA/,
    );
    assert.match(err, /krafter down --volumes/);
    assert.match(readFileSync(join(data, 'meta.properties'), 'utf8'), /AAAA/);
    assert.deepEqual(processesOf(plain), []);
  });

  describe('a certificate', () => {
    const place = (name: string) => join(secured, 'security/secrets', name);
    const certs = (args: readonly string[], env: Record<string, string> = {}) =>
      spawnSync('bash', [join(secured, 'security/certs.sh'), ...args], {
        env: { ...process.env, ...env },
      });
    after(() => certs(['renew', 'broker-1']));

    it('that expired', async () => {
      certs(['renew', 'broker-1'], { CERT_DAYS: '-1' });
      await refuses(secured, [/broker-1 expired on/, /certs\.sh renew broker-1/]);
    });

    it('that is not valid yet, as with a wrong clock', async () => {
      signForTheFuture(place('.'));
      await refuses(secured, [/broker-1 is valid only from 2090-01-01/, /clock/]);
    });

    it('that is none', async () => {
      writeFileSync(place('broker-1.pem'), 'nothing');
      await refuses(secured, [/no certificate that can be read/, /certs\.sh renew broker-1/]);
    });

    it('that is missing, when the key of the CA is kept elsewhere', async (t) => {
      for (const name of ['ca.key', 'broker-1.pem']) {
        const text = readFileSync(place(name));
        rmSync(place(name));
        t.after(() => writeFileSync(place(name), text));
      }
      await refuses(secured, [/certs\.sh failed/, /broker-1 needs a signature/, /key of the CA/]);
    });
  });
});

/** broker-1's certificate from 2090 on; `openssl x509` can only begin now. */
function signForTheFuture(secrets: string): void {
  const script = `
    set -e; cd "$1"; work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; touch "$work/index"
    cat >"$work/ca.conf" <<EOF
[ca]
default_ca=own
[own]
database=$work/index
rand_serial=yes
new_certs_dir=$work
default_md=sha256
policy=names
[names]
commonName=supplied

EOF
    openssl req -new -key broker-1.pem -subj /CN=broker-1 -out "$work/request"
    openssl ca -batch -config "$work/ca.conf" -cert ca-signing.pem -keyfile ca.key \
      -startdate 20900101000000Z -enddate 20910101000000Z -in "$work/request" -out "$work/cert.pem"
    openssl pkey -in broker-1.pem -out "$work/key.pem"
    cat "$work/key.pem" "$work/cert.pem" >broker-1.pem
  `;
  const { status, stderr } = spawnSync('bash', ['-c', script, 'bash', secrets]);
  assert.equal(status, 0, String(stderr));
}

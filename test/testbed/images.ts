import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { versions } from '../../src/catalog/versions.ts';
import { kafkaDistribution } from '../../src/engine/native/distribution.ts';
import { findJava } from '../../src/engine/native/java.ts';
import { dockerEnvironment, testbedFolder } from './docker.ts';

const imagesFolder = join(import.meta.dirname, 'images');
const baseImage = 'krafter-testbed/base';
const hashLabel = 'krafter-testbed.hash';

type StandIn = {
  /** Below `images`, with its Dockerfile. */
  readonly folder: string;
  readonly tag: string;
  /** What the Dockerfile copies and is not in the folder: name there, and where it lies. */
  readonly extra?: () => Promise<Readonly<Record<string, string>>>;
};

const standIns: readonly StandIn[] = [
  {
    folder: 'kafka',
    tag: versions.kafka.image,
    extra: async () => {
      const { libs } = await kafkaDistribution(await findJava(), AbortSignal.timeout(600_000));
      return { libs };
    },
  },
  { folder: 'maven', tag: versions.maven.image },
  { folder: 'prometheus', tag: versions.prometheus.image },
  { folder: 'grafana', tag: versions.grafana.image },
  { folder: 'python', tag: kitImage('confluent-kafka') },
  {
    folder: 'node',
    tag: kitImage('platformatic-kafka'),
    extra: async () => ({
      node: process.execPath,
      npm: await npmFolder(),
    }),
  },
];

/** The npm that runs the tests: the global root depends on which Node.js is first in PATH. */
async function npmFolder(): Promise<string> {
  const own = process.env.npm_execpath;
  if (own) return join(own, '../..');
  return join((await execa('npm', ['root', '-g'])).stdout.trim(), 'npm');
}

/** Builds what is missing or has changed, under the names that generated files use. */
export async function buildStandIns(): Promise<void> {
  await buildBase();
  for (const standIn of standIns) await buildStandIn(standIn);
}

/** The image that an application's kit starts from. */
function kitImage(kit: string): string {
  const file = join(import.meta.dirname, '../../templates/apps', kit, 'Dockerfile');
  if (!existsSync(file)) return `krafter-testbed/${kit}`;
  const from = /^FROM (\S+)/m.exec(readFileSync(file, 'utf8'));
  if (!from?.[1]) throw new Error(`no FROM in ${file}`);
  return from[1];
}

async function isBuilt(tag: string, hash: string): Promise<boolean> {
  const { stdout } = await execa(
    'docker',
    ['image', 'inspect', '--format', `{{index .Config.Labels "${hashLabel}"}}`, tag],
    { reject: false, env: dockerEnvironment },
  );
  return stdout === hash;
}

/** A minimal Debian that trusts the certificates that this machine trusts, for its registries. */
async function buildBase(): Promise<void> {
  const hash = '1';
  if (await isBuilt(baseImage, hash)) return;
  const root = mkdtempSync(join(testbedFolder, 'root-'));
  try {
    await execa(
      'debootstrap',
      ['--variant=minbase', '--include=ca-certificates', 'bookworm', root],
      { timeout: 600_000 },
    );
    const certificates = 'etc/ssl/certs/ca-certificates.crt';
    cpSync(join('/', certificates), join(root, certificates));
    mkdirSync(join(root, 'etc/testbed'));
    cpSync('/etc/ssl/certs/java/cacerts', join(root, 'etc/testbed/cacerts'));
    rmSync(join(root, 'var/cache/apt'), { recursive: true });
    await execa('tar', ['-C', root, '-c', '.'], { buffer: false }).pipe(
      'docker',
      ['import', '--change', `LABEL ${hashLabel}=${hash}`, '-', baseImage],
      { env: dockerEnvironment, timeout: 300_000 },
    );
  } finally {
    rmSync(root, { recursive: true });
  }
}

async function buildStandIn({ folder, tag, extra }: StandIn): Promise<void> {
  const source = join(imagesFolder, folder);
  const hash = hashOf(source, tag);
  if (await isBuilt(tag, hash)) return;
  const context = mkdtempSync(join(tmpdir(), `${folder}-`));
  try {
    cpSync(source, context, { recursive: true });
    for (const [name, from] of Object.entries((await extra?.()) ?? {})) {
      cpSync(from, join(context, name), { recursive: true, dereference: true });
    }
    await execa(
      'docker',
      ['build', '--quiet', '--label', `${hashLabel}=${hash}`, '--tag', tag, context],
      { env: dockerEnvironment, timeout: 600_000 },
    );
  } finally {
    rmSync(context, { recursive: true });
  }
}

function hashOf(folder: string, tag: string): string {
  const hash = createHash('sha256').update(tag);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) hash.update(readFileSync(join(entry.parentPath, entry.name)));
  }
  return hash.digest('hex').slice(0, 16);
}

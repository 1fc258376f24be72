import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { execa } from 'execa';
import { kafkaTarball, packagesFolder } from '../../../src/artifacts/bare-metal/machine-files.ts';
import { projectArtifacts } from '../../../src/artifacts/index.ts';
import { draftBlueprint } from '../../../src/blueprint/draft.ts';
import type { Blueprint } from '../../../src/blueprint/schema.ts';
import { kafkaDistribution } from '../../../src/engine/native/distribution.ts';
import { findJava } from '../../../src/engine/native/java.ts';
import { buildPlatform } from '../../../src/model/build.ts';

/** Of machines that are small enough to share one. */
export function smallBlueprint(answers: Partial<Parameters<typeof draftBlueprint>[0]>): Blueprint {
  const blueprint = draftBlueprint({
    name: 'shop',
    tier: 2,
    useCase: 'streaming',
    language: 'python',
    client: 'confluent-kafka',
    deploy: 'bare-metal',
    security: 'scram',
    monitoring: 'prometheus',
    registry: 'none',
    ...answers,
  });
  return { ...blueprint, cluster: { ...blueprint.cluster, heap: '320m' } };
}

/** A project as `krafter new` writes it, with its secrets made and its packages in place. */
export async function readyProject(blueprint: Blueprint): Promise<string> {
  const project = mkdtempSync(join(tmpdir(), 'bare-metal-'));
  for (const { path, content, mode } of projectArtifacts(buildPlatform(blueprint))) {
    const file = join(project, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { mode });
  }
  for (const script of ['security/secrets.sh', 'security/certs.sh']) {
    if (existsSync(join(project, script))) await execa(join(project, script));
  }
  await preparePackages(join(project, packagesFolder));
  return project;
}

/** The binary release can't be had through Maven; its jars can, and make one of the same shape. */
async function preparePackages(folder: string): Promise<void> {
  const distribution = await kafkaDistribution(await findJava(), AbortSignal.timeout(600_000));
  cpSync(distribution.exporter, join(folder, basename(distribution.exporter)));
  const work = mkdtempSync(join(tmpdir(), 'kafka-release-'));
  const release = join(work, kafkaTarball.replace('.tgz', ''));
  mkdirSync(join(release, 'config'), { recursive: true });
  cpSync(join(import.meta.dirname, 'kafka-bin'), join(release, 'bin'), { recursive: true });
  symlinkSync(distribution.libs, join(release, 'libs'));
  writeFileSync(join(release, 'config/tools-log4j2.yaml'), 'Configuration: {status: error}\n');
  const tarball = join(folder, kafkaTarball);
  await execa('tar', [
    '--use-compress-program=gzip -1',
    '--dereference',
    '-cf',
    tarball,
    '-C',
    work,
    basename(release),
  ]);
  rmSync(work, { recursive: true });
  writeFileSync(`${tarball}.sha512`, apacheChecksum(tarball));
}

/** As Apache publishes it: the name, and the sum in capitals, in groups over several lines. */
function apacheChecksum(tarball: string): string {
  const sum = createHash('sha512').update(readFileSync(tarball)).digest('hex').toUpperCase();
  const groups = sum.match(/.{8}/g) ?? [];
  return `${basename(tarball)}: ${groups.slice(0, 8).join(' ')}\n                      ${groups.slice(8).join(' ')}\n`;
}

/** The machines reach no package index; theirs is a folder. */
export const downloadWheels = (project: string) =>
  execa(
    'python3',
    [
      '-m',
      'pip',
      'download',
      '--quiet',
      '--only-binary=:all:',
      '--dest',
      join(project, 'wheels'),
      '-r',
      join(project, 'app/requirements.lock'),
    ],
    {
      env: { PATH: '/usr/bin:/bin' },
      extendEnv: true,
    },
  );

export const removeProject = (project: string): void => {
  if (existsSync(project)) rmSync(project, { recursive: true });
};

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { execa } from 'execa';
import { projectArtifacts } from '../../../src/artifacts/index.ts';
import { draftBlueprint } from '../../../src/blueprint/draft.ts';
import { buildPlatform } from '../../../src/model/build.ts';

/** Stands in for a host: commands run here, and an installation only lists what it was given. */
const ssh = `#!/bin/bash
if [ "$1" = -n ]; then
  [ "$2" != away ] || exit 255
  shift 2
  exec bash -c "$*"
fi
tar -tz | sort
`;

describe('bare-metal/deploy.sh', () => {
  let project: string;
  let kafka: string;
  let agents: string;
  let exporter: string;
  let tarball: string;

  before(() => {
    project = mkdtempSync(join(tmpdir(), 'deploy-'));
    const blueprint = draftBlueprint({
      name: 'shop',
      tier: 1,
      useCase: 'streaming',
      language: 'python',
      client: 'confluent-kafka',
      deploy: 'bare-metal',
      security: 'none',
      monitoring: 'prometheus',
      registry: 'none',
    });
    for (const { path, content, mode } of projectArtifacts(buildPlatform(blueprint))) {
      mkdirSync(dirname(join(project, path)), { recursive: true });
      writeFileSync(join(project, path), content, { mode });
    }
    // The machine's folders, inside of the test's.
    const conf = join(project, 'bare-metal/platform.conf');
    const text = readFileSync(conf, 'utf8').replaceAll('=/opt/', `=${project}/opt/`);
    writeFileSync(conf, text);
    const value = (key: string) => new RegExp(`^${key}=(.+)$`, 'm').exec(text)?.[1] ?? '';
    kafka = value('KAFKA_HOME');
    agents = value('AGENTS');
    exporter = value('EXPORTER_JAR');
    tarball = value('KAFKA_TARBALL');
    for (const name of [tarball, `${tarball}.sha512`, exporter])
      writeFileSync(join(project, 'bare-metal/packages', name), name);
    mkdirSync(join(project, 'bin'));
    writeFileSync(join(project, 'bin/ssh'), ssh, { mode: 0o755 });
  });
  after(() => rmSync(project, { recursive: true }));

  const deploy = async () => {
    const { exitCode, all } = await execa(join(project, 'bare-metal/deploy.sh'), [], {
      reject: false,
      all: true,
      env: { PATH: `${project}/bin:${process.env.PATH}` },
    });
    const packages = [...all.matchAll(/^\.\/bare-metal\/packages\/(.+)$/gm)].map(
      ([, name]) => name,
    );
    return { exitCode, output: all, packages };
  };

  it('says which package is missing here and there', async () => {
    const name = join(project, 'bare-metal/packages', tarball);
    rmSync(name);
    const { exitCode, output } = await deploy();
    writeFileSync(name, tarball);
    assert.equal(exitCode, 2);
    assert.match(
      output,
      /bare-metal\/packages\/kafka_\S+ is missing, and \S+ does not have it yet/,
    );
  });

  it('brings Kafka and the exporter to a new machine', async () => {
    const { exitCode, output, packages } = await deploy();
    assert.equal(exitCode, 0, output);
    assert.deepEqual(packages, [exporter, tarball, `${tarball}.sha512`]);
  });

  it('brings the exporter alone to a machine that has Kafka only', async () => {
    mkdirSync(kafka, { recursive: true });
    assert.deepEqual((await deploy()).packages, [exporter]);
  });

  it('brings no package to a machine that has both', async () => {
    mkdirSync(agents);
    writeFileSync(join(agents, exporter), '');
    assert.deepEqual((await deploy()).packages, []);
  });

  it('stops at a host that ssh does not reach', async () => {
    const file = join(project, 'kafka/nodes.conf');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^(1 \S+) \S+/m, '$1 away'));
    const { exitCode, output } = await deploy();
    assert.equal(exitCode, 3, output);
    assert.match(output, /away can't be reached by ssh/);
  });
});

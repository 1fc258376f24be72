import assert from 'node:assert/strict';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { execa } from 'execa';
import type { Artifact } from '../../../src/artifacts/artifact.ts';
import { bareMetalArtifacts } from '../../../src/artifacts/bare-metal/index.ts';
import { draftBlueprint } from '../../../src/blueprint/draft.ts';
import { buildPlatform } from '../../../src/model/build.ts';

const answers = {
  name: 'shop',
  tier: 2,
  useCase: 'streaming',
  language: 'python',
  client: 'confluent-kafka',
  deploy: 'bare-metal',
  security: 'scram',
  monitoring: 'grafana',
  registry: 'none',
} as const;

type Answers = Parameters<typeof draftBlueprint>[0];

const artifacts = (changed: Partial<Answers> = {}): Artifact[] =>
  bareMetalArtifacts(buildPlatform(draftBlueprint({ ...answers, ...changed })));

const variants: readonly Partial<Answers>[] = [
  {},
  { security: 'none', monitoring: 'none' },
  { language: 'node', client: 'platformatic-kafka' },
];

describe('files for bare metal', () => {
  it('are none for another deployment', () => {
    assert.deepEqual(artifacts({ deploy: 'compose' }), []);
  });

  it('give each node its heap and its exporter port', () => {
    const environment = artifacts().find(({ path }) => path === 'bare-metal/broker-2/jvm.env');
    assert.match(environment?.content ?? '', /^KAFKA_HEAP_OPTS="-Xms1024m -Xmx1024m"$/m);
    assert.match(environment?.content ?? '', /jmx_prometheus_javaagent-[0-9.]+\.jar=9404:/);
  });

  it('leave the exporter out where nothing is monitored', () => {
    for (const { content } of artifacts({ monitoring: 'none' })) {
      assert.doesNotMatch(content, /javaagent:|EXPORTER_JAR=/);
    }
  });
});

for (const changed of variants) {
  describe(`systemd units with ${JSON.stringify(changed)}`, () => {
    const units = artifacts(changed).filter(({ path }) => path.endsWith('.service'));
    let root: string;

    /** A root with what the units refer to: verify asks whether each program is there. */
    before(() => {
      root = mkdtempSync(join(tmpdir(), 'units-'));
      cpSync('/lib/systemd/system', join(root, 'usr/lib/systemd/system'), { recursive: true });
      for (const { path, content } of units) {
        writeFile(root, `etc/systemd/system/${path.replace('bare-metal/', '')}`, content);
        const program = /^ExecStart=(\S+)/m.exec(content)?.[1] ?? '';
        const file = program.startsWith('/') ? program : `/usr/bin/${program}`;
        writeFile(root, file, '#!/bin/sh\n');
        chmodSync(join(root, file), 0o755);
      }
    });
    after(() => rmSync(root, { recursive: true }));

    it('are three, and systemd-analyze verify has nothing to say', async () => {
      assert.equal(units.length, 3);
      for (const { path } of units) {
        const name = path.replace('bare-metal/', '');
        const { all } = await execa(
          'systemd-analyze',
          ['verify', `--root=${root}`, '--man=no', join('/etc/systemd/system', name)],
          { reject: false, all: true },
        );
        assert.equal(all, '', name);
      }
    });

    it('expose at most 5.0 of 10', async () => {
      for (const { path } of units) {
        const file = join(root, 'etc/systemd/system', path.replace('bare-metal/', ''));
        const { exitCode, all } = await execa(
          'systemd-analyze',
          ['security', '--offline=true', '--threshold=50', '--no-pager', file],
          { reject: false, all: true },
        );
        assert.equal(exitCode, 0, all);
        assert.match(all, /Overall exposure level for \S+: [0-4]\.[0-9]/);
      }
    });
  });
}

function writeFile(root: string, path: string, content: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

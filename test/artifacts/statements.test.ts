import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Artifact } from '../../src/artifacts/artifact.ts';
import { projectArtifacts } from '../../src/artifacts/index.ts';
import type { Blueprint } from '../../src/blueprint/schema.ts';
import { blueprintFile, blueprintText } from '../../src/blueprint/write.ts';
import { buildPlatform } from '../../src/model/build.ts';
import type { Platform } from '../../src/model/platform.ts';
import { combinations } from './readme/platforms.ts';

type Project = {
  readonly name: string;
  readonly platform: Platform;
  readonly files: readonly Pick<Artifact, 'path' | 'content'>[];
};

function project({ name, blueprint }: { name: string; blueprint: Blueprint }): Project {
  const platform = buildPlatform(blueprint);
  return {
    name,
    platform,
    files: [
      { path: blueprintFile, content: blueprintText(blueprint) },
      // Scripts and application code are the same in every project that has them.
      ...projectArtifacts(platform).filter(
        ({ path }) => !path.startsWith('app/') && !path.endsWith('.sh'),
      ),
    ],
  };
}

const projects = combinations.map(project);
assert.equal(projects.length, 480);

/** Every line of the chosen projects that says one of the words. */
const saying = (
  words: RegExp,
  among: readonly Project[],
  where = (_: string): boolean => true,
): string[] => {
  assert.ok(among.length > 0);
  return [
    ...new Set(
      among.flatMap(({ files }) =>
        files
          .filter(({ path }) => where(path))
          .flatMap(({ path, content }) =>
            content
              .split('\n')
              .filter((line) => words.test(line))
              .map((line) => `${path}: ${line.trim()}`),
          ),
      ),
    ),
  ];
};

const those = (chosen: (platform: Platform) => boolean) =>
  projects.filter(({ platform }) => chosen(platform));

describe('what generated files say', () => {
  test('is nothing of dashboards where there is no Grafana', () => {
    const without = those(({ monitoring }) => monitoring !== 'grafana');
    assert.deepEqual(saying(/dashboard|grafana|\bpanels?\b/i, without), []);
  });

  test('is nothing of metrics and alerts where nothing is monitored', () => {
    const unwatched = those(({ monitoring }) => monitoring === 'none');
    const words =
      /prometheus(?!'s text|-client|\/client_golang|`)|prom(?!etheus|-client|is)|\balert|exporter|9404|metrics(?!`)/i;
    assert.deepEqual(saying(words, unwatched), []);
  });

  test('is nothing of other nodes where there is one', () => {
    const alone = those(({ clusters: [{ nodes }] }) => nodes.length === 1);
    const words =
      /rolling (?:restart|upgrade)|one node at a time|(?:other|all|between the|old and new|every|each|next) nodes?\b(?!'s)|the others (?:carry|lead|follow)|than the others|leaders? (?:moves?|away|election)|leaderships|under-replicated|followers?\b|add brokers|other brokers|brokers log in to each/i;
    // krafter.yaml is where a person adds nodes.
    assert.deepEqual(
      saying(words, alone, (path) => path !== blueprintFile),
      [],
    );
  });

  test('is nothing of users and rights where there is no security', () => {
    const open = those(({ security }) => security === 'none');
    const words =
      /\bSCRAM|\bTLS\b(?! and)|certificate|\bca\.pem|\bright to|_PASSWORD\b(?<!ADMIN_PASSWORD)/i;
    assert.deepEqual(saying(words, open), []);
  });

  test('names the file in which the project is explained', () => {
    const beside = combinations
      .filter(({ name }) => name.endsWith('confluent-kafka, streaming'))
      .map(({ name, blueprint }) =>
        project({ name, blueprint: { ...blueprint, readme: 'KAFKA.md' } }),
      );
    // The guide for machines is another file, and has a folder of its own.
    assert.deepEqual(saying(/(?<!bare-metal\/)README\.md/, beside), []);
  });
});

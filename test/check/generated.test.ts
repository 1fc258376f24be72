import assert from 'node:assert/strict';
import { it } from 'node:test';
import { projectArtifacts } from '../../src/artifacts/index.ts';
import { clients } from '../../src/catalog/choices.ts';
import { check } from '../../src/check/check.ts';
import { ProjectFile } from '../../src/files/project-file.ts';
import { readLandscape } from '../../src/landscape/read.ts';
import { buildPlatform } from '../../src/model/build.ts';
import { draft, everyDraft } from '../blueprint/drafts.ts';

const everyClient = clients.map(({ id: client, language }) =>
  draft({ tier: 2, client, language, security: 'scram' }),
);

it('finds nothing in what krafter generates', async () => {
  let configurations = 0;
  for (const blueprint of [...everyDraft('cdc'), ...everyClient]) {
    const files = projectArtifacts(buildPlatform(blueprint)).map(
      ({ path, content }) => new ProjectFile(path, String(content)),
    );
    const find = (path: string) => files.find((file) => file.path === path);
    const landscape = await readLandscape(files, { file: find }, '4.3');
    configurations += landscape.configurations.length;
    const said = (await check(landscape, '4.3')).map(
      ({ rule, at, says }) => `${at.file}:${at.line} ${rule.code} ${says}`,
    );
    assert.deepEqual(said, [], JSON.stringify(blueprint));
  }
  assert.ok(configurations > 50, `${configurations} were read`);
});

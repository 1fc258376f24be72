import assert from 'node:assert/strict';
import { it } from 'node:test';
import { projectArtifacts } from '../../src/artifacts/index.ts';
import { check } from '../../src/check/check.ts';
import { propertiesFacts } from '../../src/landscape/readers/properties.ts';
import { buildPlatform } from '../../src/model/build.ts';
import { everyDraft } from '../blueprint/drafts.ts';

it('finds nothing in what krafter generates', async () => {
  let configurations = 0;
  for (const blueprint of everyDraft('cdc')) {
    for (const { path, content } of projectArtifacts(buildPlatform(blueprint))) {
      if (!path.endsWith('.properties')) continue;
      const landscape = await propertiesFacts(path, String(content), '4.3');
      configurations += landscape.configurations.length;
      const said = (await check(landscape, '4.3')).map(
        ({ rule, at, says }) => `${at.file}:${at.line} ${rule.code} ${says}`,
      );
      assert.deepEqual(said, [], JSON.stringify(blueprint));
    }
  }
  assert.ok(configurations > 50, `${configurations} were read`);
});

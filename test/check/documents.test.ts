import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { ruleDocuments, rulesFolder } from '../../scripts/rules.ts';

it('docs/rules is what scripts/rules.ts writes', async () => {
  const documents = await ruleDocuments();
  assert.deepEqual(readdirSync(rulesFolder).sort(), [...documents.keys()].sort());
  for (const [name, text] of documents)
    assert.equal(readFileSync(join(rulesFolder, name), 'utf8'), text, name);
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { check } from '../../src/check/check.ts';
import { fingerprintsOf } from '../../src/check/fingerprint.ts';
import { ProjectFile } from '../../src/files/project-file.ts';
import { readLandscape } from '../../src/landscape/read.ts';

async function fingerprints(text: string, path = 'producer.properties'): Promise<string[]> {
  const file = new ProjectFile(path, text);
  const landscape = await readLandscape([file], { file: () => file }, '4.3');
  return [...fingerprintsOf(await check(landscape, '4.3'), () => file).values()];
}

const producer = 'bootstrap.servers=kafka:9092\nacks=0\nlinger.ms=x\n';

describe('the fingerprint of a finding', () => {
  it('stays when its line moves, or the lines around it change', async () => {
    const moved = `# moved\n\n${producer.replace('linger.ms', 'client.id=a\nlinger.ms')}`;
    assert.deepEqual(await fingerprints(moved), await fingerprints(producer));
    assert.deepEqual(
      await fingerprints(producer.replaceAll('\n', '\r\n')),
      await fingerprints(producer),
    );
  });

  it('is another for another rule, file or line', async () => {
    const [one, other] = await fingerprints(producer);
    assert.notEqual(one, other);
    assert.notEqual(one, (await fingerprints(producer, 'b.properties'))[0]);
    assert.notEqual(one, (await fingerprints(producer.replace('acks=0', 'acks = 0')))[0]);
  });

  it('counts those that are equal', async () => {
    const twice = await fingerprints(`${producer}acks=0\nacks=0\n`);
    assert.equal(new Set(twice).size, twice.length);
  });
});

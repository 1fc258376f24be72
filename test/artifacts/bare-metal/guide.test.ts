import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import prettier from 'prettier';
import { guide } from '../../../src/artifacts/bare-metal/guide.ts';
import { buildPlatform } from '../../../src/model/build.ts';
import { page } from '../readme/markdown-page.ts';
import { combinations } from '../readme/platforms.ts';

const machines = combinations
  .filter(({ name }) => name.includes('bare-metal') && name.endsWith('confluent-kafka, streaming'))
  .map(({ name, blueprint }) => ({ name, platform: buildPlatform(blueprint) }));

describe('the guide for machines', () => {
  it('is formatted as Prettier would, with prose of at most 96 columns', async () => {
    assert.equal(machines.length, 12);
    for (const { name, platform } of machines) {
      const text = guide(platform);
      assert.equal(await prettier.format(text, { parser: 'markdown' }), text, name);
      const long = text
        .replaceAll(/^ *```[\s\S]*?```$/gm, '')
        .split('\n')
        .filter((line) => line.length > 96 && !line.startsWith('|'));
      assert.deepEqual(long, [], name);
    }
  });

  it('has commands that a shell reads', () => {
    const commands = new Set(
      machines.flatMap(({ platform }) => page(guide(platform)).code.map(({ text }) => text)),
    );
    assert.ok(commands.size > 5);
    for (const command of commands) {
      execFileSync('bash', ['-n'], { input: command, stdio: ['pipe', 'pipe', 'pipe'] });
    }
  });

  it('tells the size of the disk that alerts go by', () => {
    for (const { name, platform } of machines) {
      const [{ diskGigabytes }] = platform.clusters[0].nodes;
      const text = guide(platform).replaceAll(/\s+/g, ' ');
      assert.ok(text.includes(`a disk of its own of ${diskGigabytes} GB`), name);
    }
  });
});

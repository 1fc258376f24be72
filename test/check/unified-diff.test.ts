import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { unifiedDiff } from '../../src/check/unified-diff.ts';

describe('a unified diff', () => {
  it('is nothing where nothing changed', () => {
    assert.equal(unifiedDiff('a', 'a\n', 'a\n'), '');
  });

  it('is what git applies', () => {
    const folder = mkdtempSync(join(tmpdir(), 'diff-'));
    const text = fc
      .tuple(fc.array(fc.constantFrom('a', 'b', 'c\r', ''), { maxLength: 30 }), fc.boolean())
      .map(([lines, ended]) => lines.join('\n') + (ended && lines.length > 0 ? '\n' : ''));
    try {
      execFileSync('git', ['init', '-q', folder]);
      for (const [before, after] of fc.sample(fc.tuple(text, text), { numRuns: 60, seed: 3 })) {
        const diff = unifiedDiff('f', before, after);
        // What becomes empty, or was, is a file that goes or comes to git.
        if (diff === '' || before === '' || after === '') continue;
        writeFileSync(join(folder, 'f'), before);
        execFileSync('git', ['-C', folder, 'apply', '-p1', '-'], { input: diff, stdio: 'pipe' });
        assert.equal(readFileSync(join(folder, 'f'), 'utf8'), after);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

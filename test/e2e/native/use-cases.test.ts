import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runningProject, verify } from '../../support/krafter.ts';

/** All five use cases, both languages, each on a broker booted from its generated files. */
const platforms = [
  ['streaming', 'node'],
  ['microservices', 'python'],
  ['cdc', 'node'],
  ['logs', 'python'],
  ['agents', 'node'],
  ['cdc', 'python'],
] as const;

for (const [useCase, lang] of platforms) {
  test(`tier 1, ${useCase} in ${lang}: boots, carries events, survives poison`, async () => {
    const project = await runningProject(['--tier', '1', '--use-case', useCase, '--lang', lang]);
    try {
      const { code, drills } = await verify(project.folder, ['boot', 'round-trip', 'poison']);
      assert.deepEqual(
        drills.map(({ id, status, reason }) => ({ id, status, reason })),
        [
          { id: 'boot', status: 'passed', reason: undefined },
          { id: 'round-trip', status: 'passed', reason: undefined },
          { id: 'poison', status: 'passed', reason: undefined },
        ],
      );
      assert.equal(code, 0);
    } finally {
      await project.end();
    }
  });
}

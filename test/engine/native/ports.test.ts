/** Ports that several krafters of one machine choose at the same time. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { execa } from 'execa';
import { scratch } from '../../cli/session.ts';

const source = (path: string) => JSON.stringify(join(import.meta.dirname, '../../..', path));

/** Chooses ports for three nodes, says which, and holds them until its standard input ends. */
const program = `
  import { buildPlatform } from ${source('src/model/build.ts')};
  import { nodePorts } from ${source('src/engine/native/ports.ts')};
  import { draft } from ${source('test/blueprint/drafts.ts')};
  const [cluster] = buildPlatform(draft({ tier: 2 })).clusters;
  process.stdout.write('ready');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  const ports = await nodePorts(cluster, JSON.parse(process.argv[1]));
  process.stdout.write(JSON.stringify(ports.flatMap(({ listeners }) => Object.values(listeners))));
  process.stdin.resume();
`;

/** As many krafters as asked, who choose at the same moment. */
async function choosers(
  t: TestContext,
  cache: string,
  count: number,
  known: readonly number[] = [],
) {
  const children = Array.from({ length: count }, () =>
    execa(process.execPath, ['--input-type=module', '-e', program, JSON.stringify(known)], {
      reject: false,
      env: { XDG_CACHE_HOME: cache },
    }),
  );
  t.after(() => children.forEach((child) => void child.kill('SIGKILL')));
  await Promise.all(children.map(({ stdout }) => once(stdout, 'data')));
  // One that ends without an answer says why on standard error.
  const answers = children.map((child) => Promise.race([once(child.stdout, 'data'), child]));
  for (const { stdin } of children) stdin.write('go');
  const chosen = await Promise.all(
    answers.map(async (answer) => {
      const said = await answer;
      assert.ok(Array.isArray(said), 'stderr' in said ? said.stderr : '');
      return JSON.parse(String(said[0])) as number[];
    }),
  );
  return { chosen, children };
}

it('are different ones, also before anybody listens on them', async (t) => {
  const { chosen } = await choosers(t, scratch(t), 4);
  const all = chosen.flat();
  assert.equal(new Set(all).size, all.length, JSON.stringify(chosen));
});

it('are free again when a krafter that chose them was killed', async (t) => {
  const cache = scratch(t);
  // Where no other test looks for ports.
  const known = [24_310, 24_320, 24_330];
  const first = await choosers(t, cache, 1, known);
  for (const child of first.children) child.kill('SIGKILL');
  await Promise.all(first.children);
  const second = await choosers(t, cache, 1, known);
  assert.deepEqual(second.chosen, first.chosen);
  const claims = readdirSync(join(cache, 'krafter/ports')).map((name) => name.split(' ')[1]);
  assert.deepEqual([...new Set(claims)], [String(second.children[0]?.pid)]);
});

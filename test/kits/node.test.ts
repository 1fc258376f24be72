import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { execa } from 'execa';
import { isAvailable, useCaseIds } from '../../src/catalog/choices.ts';
import { scratch } from '../support/krafter.ts';
import '../support/low-priority.ts';
import { layOut, type Subject } from './kit.ts';

const full = process.env.KRAFTER_FULL === '1';
const two = ['microservices', 'agents'] as const;

/** Each kit is clean by Node's usual tools, and its own tests pass. */
for (const { client, generated, own, native } of [
  // As it lies it has all use cases in it; what is generated has fewer files.
  { client: 'platformatic-kafka', generated: full ? useCaseIds : two, own: true, native: false },
  // Its own tests wait for moments that a busy machine does not keep; conformance asks it, too.
  { client: 'kafkajs', generated: full ? useCaseIds : [], own: full, native: false },
  {
    client: 'confluent-kafka-javascript',
    generated: full ? useCaseIds : [],
    own: false,
    native: true,
  },
] as const) {
  // A kit that lies here and is not offered yet is tested from the day on which it is.
  if (!isAvailable(client)) continue;
  describe(`applications on ${client}`, () => {
    const { folder, remove } = scratch();
    const npm = (cwd: string, ...args: string[]) =>
      execa('npm', args, { cwd, all: true, timeout: 300_000 });
    let kit: string;
    before(async () => {
      kit = await layOut(client, 'as it lies', folder);
      const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];
      // Its native part takes minutes to build where no prebuilt one can be had: only its types.
      await npm(kit, 'ci', ...quietly, ...(native ? ['--ignore-scripts'] : []));
    });
    after(remove);

    for (const subject of ['as it lies', ...generated] satisfies Subject[]) {
      const whole = full || subject === 'as it lies';
      const asked = [
        'tsc',
        ...(whole ? ['ESLint, Prettier'] : []),
        ...(whole && own ? ['its own tests'] : []),
      ];
      test(`${subject}: ${asked.join(', ')}`, async () => {
        const apart = scratch();
        try {
          const app = subject === 'as it lies' ? kit : await layOut(client, subject, apart.folder);
          // The same lock file, so the same packages.
          if (app !== kit) symlinkSync(join(kit, 'node_modules'), join(app, 'node_modules'));
          await npm(app, 'run', 'typecheck');
          if (!whole) return;
          await npm(app, 'run', 'lint');
          if (own) await npm(app, 'test');
        } finally {
          apart.remove();
        }
      });
    }
  });
}

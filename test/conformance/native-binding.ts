import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { type ClientId, clients } from '../../src/catalog/choices.ts';

/**
 * confluent-kafka-javascript has its ready-made binding outside of npm's registry. Where that can't
 * be had, it is built from its sources, which takes minutes and Debian's libzstd-dev and
 * libcurl4-openssl-dev: `npm run test:full` does so, and a run in a hurry skips the client.
 */
const releases = 'https://github.com/confluentinc/confluent-kafka-javascript/releases';

/** Why a client can't be asked here; undefined when it can. */
export async function missingBinding(
  client: ClientId,
  full: boolean,
  folder: string,
): Promise<string | undefined> {
  if (client !== 'confluent-kafka-javascript') return;
  const reachable = await fetch(releases, { signal: AbortSignal.timeout(5_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (reachable) return;
  const title = clients.find(({ id }) => id === client)?.title;
  if (!full) return `the binding of ${title} can't be downloaded; npm run test:full builds it`;
  process.env.CKJS_LINKING = 'dynamic';
  process.env.npm_config_nodedir = await headersOfNode(folder);
  return;
}

/** Node.js' own package on npm has the headers of exactly this release. */
async function headersOfNode(folder: string): Promise<string> {
  const headers = join(folder, 'node-headers');
  mkdirSync(headers);
  const name = `node-${process.platform}-${process.arch}@${process.versions.node}`;
  const { stdout } = await execa('npm', ['pack', '--silent', name], { cwd: headers });
  await execa('tar', ['-xzf', stdout.trim(), 'package/include'], { cwd: headers });
  return join(headers, 'package');
}

/**
 * Every client kit against the application contract, from outside: HTTP, Kafka, processes. One
 * platform of three secured brokers for all. Default clients take every check, the others some;
 * KRAFTER_FULL=1 is everything for all, at full counts. CONFORMANCE_CLIENT and CONFORMANCE_CHECK
 * choose one.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { clients, isAvailable } from '../../src/catalog/choices.ts';
import { type Application, buildApplication } from './application.ts';
import { contextFor } from './check.ts';
import { checks } from './checks/index.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { type Doors, startDoors } from './doors.ts';
import { type Postgres, startPostgres } from './postgres.ts';

const full = process.env.KRAFTER_FULL === '1';
const { CONFORMANCE_CLIENT: onlyClient, CONFORMANCE_CHECK: onlyCheck } = process.env;
/** What clients that are not their language's default are asked in every run. */
const always = [1, 4, 6, 10, 14];

const kits = clients
  .filter(({ id }) => (onlyClient ? id === onlyClient : isAvailable(id)))
  .map(({ id, preferred }) => ({
    client: id,
    own: checks.filter(({ number }) =>
      onlyCheck ? number === Number(onlyCheck) : full || preferred || always.includes(number),
    ),
  }));

describe('conformance', () => {
  let cluster: Cluster;
  let postgres: Postgres;
  let doors: Doors;
  const folder = mkdtempSync(join(tmpdir(), 'krafter-conformance-apps-'));
  before(async () => {
    [cluster, postgres, doors] = await Promise.all([startCluster(), startPostgres(), startDoors()]);
  });
  after(async () => {
    await cluster?.end();
    await postgres?.end();
    await doors?.end();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const { client, own } of kits) {
    describe(client, () => {
      let app: Application;
      before(async () => {
        app = await buildApplication(client, 'streaming', folder);
      });

      for (const check of own) {
        test(`${check.number}: ${check.title}`, async (t) => {
          const notFor = check.notFor?.(app);
          if (notFor) return t.skip(notFor);
          try {
            const context = await contextFor(check, app, { cluster, postgres, doors, full });
            const evidence = await check.run(context);
            t.diagnostic(JSON.stringify(evidence));
          } finally {
            await app.endAll();
          }
        });
      }
    });
  }
});

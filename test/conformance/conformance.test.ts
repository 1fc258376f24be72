/**
 * Every client kit against the application contract, from outside: HTTP, Kafka, processes. One
 * platform of three secured brokers for all. Default clients take every check, the others some;
 * KRAFTER_FULL=1 is everything for all, at full counts. CONFORMANCE_CLIENT and CONFORMANCE_CHECK
 * choose one. With KRAFTER_FULL or CONFORMANCE_RECORD=1 the results become those of
 * docs/clients.md, and decide what `krafter new` offers.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { clients, isAvailable } from '../../src/catalog/choices.ts';
import { always, type CheckResult } from '../../src/catalog/conformance.ts';
import { type Application, buildApplication } from './application.ts';
import { contextFor } from './check.ts';
import { checks } from './checks/index.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { type Doors, startDoors } from './doors.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import { record } from './record.ts';

const full = process.env.KRAFTER_FULL === '1';
const { CONFORMANCE_CLIENT: onlyClient, CONFORMANCE_CHECK: onlyCheck } = process.env;

/** What clients that are not their language's default are asked in every run. */
const asked: readonly number[] = always;
const recording = full || process.env.CONFORMANCE_RECORD === '1';
const results = new Map<string, Map<number, CheckResult>>();
const date = new Date().toISOString().slice(0, 10);
const note = (client: string, number: number, result: Omit<CheckResult, 'date' | 'full'>) => {
  const own = results.get(client) ?? new Map<number, CheckResult>();
  results.set(client, own.set(number, { date, full, ...result }));
};

const kits = clients
  .filter(({ id }) => (onlyClient ? id === onlyClient : isAvailable(id)))
  .map(({ id, preferred }) => ({
    client: id,
    own: checks.filter(({ number }) =>
      onlyCheck ? number === Number(onlyCheck) : full || preferred || asked.includes(number),
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
    if (recording) await record(results);
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
          if (notFor) {
            note(client, check.number, { result: 'skipped', reason: notFor });
            return t.skip(notFor);
          }
          try {
            const context = await contextFor(check, app, { cluster, postgres, doors, full });
            const evidence = await check.run(context);
            note(client, check.number, { result: 'passed', evidence });
            t.diagnostic(JSON.stringify(evidence));
          } catch (error) {
            const [reason = ''] = String(error).split('\n');
            note(client, check.number, { result: 'failed', reason });
            throw error;
          } finally {
            await app.endAll();
          }
        });
      }
    });
  }
});

/**
 * Every client kit against the application contract, from outside: HTTP, Kafka, processes. One
 * platform of three secured brokers for all. Default clients take every check, the others some;
 * KRAFTER_FULL=1 is everything for all, at full counts. CONFORMANCE_CLIENT and CONFORMANCE_CHECK
 * (names and numbers, with commas) choose some. With KRAFTER_FULL or CONFORMANCE_RECORD=1 the
 * results become those of docs/clients.md, and decide what `krafter new` offers.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type ClientId, clients, isAvailable } from '../../src/catalog/choices.ts';
import { always, type CheckResult } from '../../src/catalog/conformance.ts';
import { type Application, buildApplication } from './application.ts';
import { contextFor, type Suite } from './check.ts';
import { checks } from './checks/index.ts';
import { startCluster } from './cluster.ts';
import { startDoors } from './doors.ts';
import { missingBinding } from './native-binding.ts';
import { startPostgres } from './postgres.ts';
import { record } from './record.ts';
import { rendezvous } from './rendezvous.ts';
import { together } from './together.ts';

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

const kits = clients.filter(({ id }) =>
  onlyClient ? onlyClient.split(',').includes(id) : isAvailable(id),
);
const own = checks.filter(({ number }) => !onlyCheck || onlyCheck.split(',').includes(`${number}`));

describe('conformance', () => {
  let suite: Suite;
  const ends: (() => Promise<void>)[] = [];
  const apps = new Map<ClientId, Application>();
  const missing = new Map<ClientId, string>();
  const folder = mkdtempSync(join(tmpdir(), 'krafter-conformance-apps-'));
  before(async () => {
    // One after the other: the first may have to download Kafka.
    const started = async <Part extends { end: () => Promise<void> }>(part: Promise<Part>) => {
      const own = await part;
      ends.push(own.end);
      return own;
    };
    const cluster = await started(startCluster());
    const postgres = await started(startPostgres());
    const doors = await started(startDoors());
    suite = { cluster, postgres, doors, full };
    for (const { id } of kits) {
      const reason = await missingBinding(id, full || onlyClient !== undefined, folder);
      if (reason) missing.set(id, reason);
      else apps.set(id, await buildApplication(id, 'streaming', folder));
    }
  });
  after(async () => {
    await Promise.all(ends.map((end) => end()));
    rmSync(folder, { recursive: true, force: true });
    if (recording) await record(results);
  });

  const mixed = kits.filter(({ preferred }) => preferred);
  if (!onlyCheck && mixed.length > 1) {
    test('default clients of several languages are one application', async () => {
      const own = mixed.flatMap(({ id }) => apps.get(id) ?? []);
      try {
        await together(own, suite);
      } finally {
        await Promise.all(own.map((app) => app.endAll()));
      }
    });
  }

  for (const check of own) {
    const asks = kits.filter(
      ({ preferred }) => full || preferred || onlyCheck || asked.includes(check.number),
    );
    if (asks.length === 0) continue;
    // Most of a check is waiting, which clients do side by side; alone where memory and times are
    // measured at full counts.
    const atOnce = full ? 1 : asks.length;
    describe(`${check.number}: ${check.title}`, { concurrency: atOnce }, () => {
      const everybody = rendezvous(atOnce);
      for (const { id } of asks) {
        const { meet, leave } = full ? rendezvous(1) : everybody;
        test(id, async (t) => {
          const app = apps.get(id);
          const reason = missing.get(id);
          if (reason) {
            leave();
            return t.skip(reason);
          }
          try {
            if (!app) throw new Error(`${id} could not be built`);
            const notFor = check.notFor?.(app);
            if (notFor) {
              note(id, check.number, { result: 'skipped', reason: notFor });
              return t.skip(notFor);
            }
            const evidence = await check.run(await contextFor(check, app, suite, meet));
            note(id, check.number, { result: 'passed', evidence });
            t.diagnostic(JSON.stringify(evidence));
          } catch (error) {
            const [reason = ''] = String(error).split('\n');
            note(id, check.number, { result: 'failed', reason });
            // Now, not at the end of everything.
            t.diagnostic(`${String(error).slice(0, 1500)}\n${app?.lastWords()}`);
            throw error;
          } finally {
            leave();
            await app?.endAll();
          }
        });
      }
      // A check that failed half-way must not take the others with it.
      after(async () => {
        const dead = await suite.cluster.mend();
        if (dead.length > 0) console.error(`Brokers that had ended:\n${dead.join('\n')}`);
      });
    });
  }
});

import { setTimeout as sleep } from 'node:timers/promises';
import { groupLag } from '../cluster/observe.ts';
import { restartConsumer, untilConsumed, withOwnConsumer } from './consumer.ts';
import { type Drill, type DrillContext, type Outcome, outcome } from './drill.ts';
import { type ApplicationEvent, metric, postEvents, stats } from './http.ts';
import { until } from './wait.ts';

/** A consumer may commit the first that it reads at once; from then on, at its interval. */
const first = 20;
const certain = 300;
/** Enough for all kills; posting ends with the last of them. */
const mostUnderLoad = 8000;
const killsUnderLoad = 3;

/** The consumer is killed between effect and commit; each effect happens once all the same. */
export const redelivery: Drill = {
  id: 'redelivery',
  title: 'The consumer is killed between effect and commit; each effect once',
  notFor: () => undefined,
  run: (context) => withOwnConsumer(context, () => redeliver(context)),
};

async function redeliver(context: DrillContext): Promise<Outcome> {
  const { control, platform, access, runId, signal, tell } = context;
  const [, consumer] = platform.application.services;
  const start = await stats(control.consumerUrl);
  const events = (await control.generate(certain + mostUnderLoad, runId + 2)) as ApplicationEvent[];

  tell('effects without commit, then kill -9');
  await restartConsumer(context, { COMMIT_INTERVAL_MS: '3600000' });
  for (const [from, to] of [
    [0, first],
    [first, certain],
  ] as const) {
    await postEvents(control.producerUrl, events.slice(from, to));
    await untilConsumed(
      context,
      async () => (await stats(control.consumerUrl)).events >= start.events + to,
    );
  }
  await restartConsumer(context, { COMMIT_INTERVAL_MS: '1', MAX_POLL_RECORDS: '20' });
  const redelivered = await untilConsumed(context, async () => {
    const duplicates = await metric(control.consumerUrl, 'app_events_duplicate_total');
    return duplicates >= certain - first ? duplicates : undefined;
  });

  let killing = true;
  const load = postEvents(control.producerUrl, events.slice(certain), {
    concurrency: 4,
    keepGoing: () => killing,
  });
  for (let kill = 1; kill <= killsUnderLoad; kill++) {
    await sleep(150 + 61 * kill, undefined, { signal });
    tell(`kill ${kill} of ${killsUnderLoad} under load`);
    await restartConsumer(context, { COMMIT_INTERVAL_MS: '1', MAX_POLL_RECORDS: '20' });
  }
  killing = false;
  const posted = await load;
  const accepted = posted.filter(({ status }) => status === 202).length;
  const drained = await until(
    async () => (await groupLag(access(), consumer.group, consumer.topic)).lag === 0,
    { timeoutMs: 60_000, signal },
  );
  const end = await stats(control.consumerUrl);
  const sent = certain + accepted;
  return outcome(
    {
      sent,
      stored: end.events - start.events,
      effects: end.effects - start.effects,
      kills: killsUnderLoad + 1,
      redelivered: redelivered ?? 0,
    },
    [
      redelivered === undefined && 'nothing was delivered twice, so nothing was proven',
      !drained && 'the group still lags after 60 s',
      accepted !== posted.length && `${posted.length - accepted} events were not accepted`,
      end.events - start.events !== sent &&
        `${end.events - start.events} of ${sent} events are in the store`,
      end.effects - start.effects !== sent &&
        `${end.effects - start.effects} effects of ${sent} events`,
    ],
  );
}

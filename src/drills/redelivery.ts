import { setTimeout as sleep } from 'node:timers/promises';
import { removeMembers } from '../cluster/groups.ts';
import { groupLag } from '../cluster/observe.ts';
import { type Drill, type DrillContext, outcome } from './drill.ts';
import { type ApplicationEvent, metric, postEvents, stats } from './http.ts';
import { until } from './wait.ts';

const certain = 300;
/** Enough for all kills; posting ends with the last of them. */
const mostUnderLoad = 8000;
const killsUnderLoad = 3;

/** The consumer is killed between effect and commit; each effect happens once all the same. */
export const redelivery: Drill = {
  id: 'redelivery',
  title: 'The consumer is killed between effect and commit; each effect once',
  notFor: () => undefined,
  async run(context) {
    const { control, platform, access, runId, signal, tell } = context;
    const [, consumer] = platform.application.services;
    const start = await stats(control.consumerUrl);
    const events = (await control.generate(
      certain + mostUnderLoad,
      runId + 2,
    )) as ApplicationEvent[];

    tell('effects without commit, then kill -9');
    await restart(context, { COMMIT_INTERVAL_MS: '3600000' });
    await postEvents(control.producerUrl, events.slice(0, certain));
    await until(async () => (await stats(control.consumerUrl)).events >= start.events + certain, {
      timeoutMs: 60_000,
      signal,
    });
    await restart(context, { COMMIT_INTERVAL_MS: '1', MAX_POLL_RECORDS: '20' });
    const redelivered = await until(
      async () => {
        const duplicates = await metric(control.consumerUrl, 'app_events_duplicate_total');
        return duplicates >= certain ? duplicates : undefined;
      },
      { timeoutMs: 60_000, signal },
    );

    let killing = true;
    const load = postEvents(control.producerUrl, events.slice(certain), {
      concurrency: 4,
      keepGoing: () => killing,
    });
    for (let kill = 1; kill <= killsUnderLoad; kill++) {
      await sleep(150 + 61 * kill, undefined, { signal });
      tell(`kill ${kill} of ${killsUnderLoad} under load`);
      await restart(context, { COMMIT_INTERVAL_MS: '1', MAX_POLL_RECORDS: '20' });
    }
    killing = false;
    const posted = await load;
    const accepted = posted.filter(({ status }) => status === 202).length;
    const drained = await until(
      async () => (await groupLag(access(), consumer.group, consumer.topic)).lag === 0,
      { timeoutMs: 60_000, signal },
    );
    await restart(context, {});
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
  },
};

/** Killed, and started with other settings. The dead member leaves at once instead of after 45 s. */
async function restart(
  { control, access, platform }: DrillContext,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const [, consumer] = platform.application.services;
  await control.killService(consumer.name);
  await removeMembers(access(), consumer.group);
  await control.startService(consumer.name, settings);
}

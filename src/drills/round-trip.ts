import { isDeepStrictEqual } from 'node:util';
import { untilConsumed } from './consumer.ts';
import { type Drill, outcome } from './drill.ts';
import { type ApplicationEvent, percentile, postEvents, stats, storedEvents } from './http.ts';

const count = 500;

/** Events in over HTTP, through both applications, into the store. */
export const roundTrip: Drill = {
  id: 'round-trip',
  title: 'Events over HTTP, through Kafka, into the store',
  notFor: () => undefined,
  async run(context) {
    const { control, runId, tell } = context;
    const { producerUrl, consumerUrl } = control;
    const events = (await control.generate(count, runId)) as ApplicationEvent[];
    const before = await stats(consumerUrl);
    tell(`${count} events over HTTP`);
    const posted = await postEvents(producerUrl, events);
    const accepted = posted.filter(({ status }) => status === 202).length;
    await untilConsumed(
      context,
      async () => (await stats(consumerUrl)).events >= before.events + count,
    );
    const after = await stats(consumerUrl);
    const stored = await storedEvents(
      consumerUrl,
      events.map(({ eventId }) => eventId),
    );
    const same = events.filter((event, index) =>
      isDeepStrictEqual(stored[index]?.event, event),
    ).length;
    const correlated = events.filter(
      (event, index) => stored[index]?.correlationId === `drill-${event.eventId}`,
    ).length;
    return outcome(
      {
        sent: count,
        accepted,
        stored: after.events - before.events,
        effects: after.effects - before.effects,
        sameContent: same,
        sameCorrelationId: correlated,
        acknowledgedMsP50: percentile(
          posted.map(({ milliseconds }) => milliseconds),
          0.5,
        ),
        acknowledgedMsP99: percentile(
          posted.map(({ milliseconds }) => milliseconds),
          0.99,
        ),
      },
      [
        accepted !== count && `${count - accepted} of ${count} events were not accepted`,
        after.events - before.events !== count &&
          `${after.events - before.events} of ${count} events are in the store`,
        after.effects - before.effects !== count &&
          `${after.effects - before.effects} effects of ${count} events`,
        same !== count && `${count - same} events are stored with other content`,
        correlated !== count && `${count - correlated} events lost their correlation id`,
      ],
    );
  },
};

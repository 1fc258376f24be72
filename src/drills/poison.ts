import { Producer, stringSerializers } from '@platformatic/kafka';
import { clientOptions, withAdmin } from '../cluster/connect.ts';
import { endOffsets } from '../cluster/observe.ts';
import { readTopic } from '../cluster/read-topic.ts';
import { restartConsumer, untilConsumed, withOwnConsumer } from './consumer.ts';
import { type Drill, type DrillContext, type Outcome, outcome } from './drill.ts';
import { type ApplicationEvent, postEvents, storedEvents } from './http.ts';

const good = 200;

type Poison = { readonly value: string | Buffer; readonly errorClass: string };

/** One of each kind that the contract knows, for one key. */
const poisons = (event: ApplicationEvent, runId: number): Poison[] => [
  { value: Buffer.from([0xff, 0xfe, 0x00, 0x81]), errorClass: 'Undecodable' },
  { value: '{"eventId": "cut o', errorClass: 'Undecodable' },
  { value: '[]', errorClass: 'InvalidEvent' },
  {
    value: JSON.stringify({ ...event, eventId: unknownId(runId, 1), eventType: 'NobodyKnowsThis' }),
    errorClass: 'InvalidEvent',
  },
  {
    value: JSON.stringify({ eventId: unknownId(runId, 2), eventType: event.eventType }),
    errorClass: 'InvalidEvent',
  },
];

const unknownId = (runId: number, index: number): string =>
  `00000000-0000-4000-8000-${String(runId * 10 + index)
    .padStart(12, '0')
    .slice(-12)}`;

/** Broken records go to the dead letter topic with their cause; the rest flows, in order. */
export const poison: Drill = {
  id: 'poison',
  title: 'Broken records go to the dead letter topic, the rest flows in order',
  notFor: () => undefined,
  run: (context) => withOwnConsumer(context, () => mixWithBroken(context)),
};

async function mixWithBroken(context: DrillContext): Promise<Outcome> {
  const { control, platform, access, runId, signal, tell } = context;
  const [producerService, consumerService] = platform.application.services;
  const { deadLetterTopic } = consumerService;
  const ends = await withAdmin(access(), (admin) => endOffsets(admin, deadLetterTopic));
  const events = (await control.generate(good, runId + 1)) as ApplicationEvent[];
  const key = String(events[0]?.[platform.useCase.topic.key]);
  const broken = poisons(events[0] as ApplicationEvent, runId);

  tell(`${good} good events with ${broken.length} broken ones between them`);
  const half = events.length / 2;
  // One record at a time, so that the time of each says in which order they were handled.
  await restartConsumer(context, { MAX_POLL_RECORDS: '1' });
  const first = await postEvents(control.producerUrl, events.slice(0, half), { concurrency: 1 });
  const sent = await sendRaw(context, producerService.topic, key, broken);
  const posted = await postEvents(control.producerUrl, events.slice(half), { concurrency: 1 });

  const ids = events.map(({ eventId }) => eventId);
  await untilConsumed(
    context,
    async () => (await storedEvents(control.consumerUrl, ids.slice(-1)))[0] !== undefined,
  );
  const stored = await storedEvents(control.consumerUrl, ids);
  const letters: DeadLetter[] = [];
  await untilConsumed(context, async () => {
    letters.length = 0;
    await readTopic(access(), deadLetterTopic, { from: ends, signal }, ({ value, headers }) => {
      letters.push({ value, headers });
    });
    return letters.length >= broken.length;
  });
  const wrongLetters = broken.flatMap((record, index) =>
    letterProblems(letters, record, {
      topic: producerService.topic,
      group: consumerService.group,
      offset: sent[index],
    }),
  );
  const found = stored.filter((event) => event !== undefined).length;
  const outOfOrder = countOutOfOrder(events, stored, platform.useCase.topic.key);
  return outcome(
    {
      good,
      accepted: [...first, ...posted].filter(({ status }) => status === 202).length,
      stored: found,
      broken: broken.length,
      deadLetters: letters.length,
      causes: [...new Set(letters.map(({ headers }) => headers.get('dlq-error-class') ?? 'none'))],
      outOfOrder,
    },
    [
      found !== good && `${good - found} good events did not get past the broken ones`,
      letters.length !== broken.length &&
        `${letters.length} dead letters for ${broken.length} broken records`,
      ...wrongLetters,
      outOfOrder > 0 && `${outOfOrder} events were handled out of order within their key`,
    ],
  );
}

type DeadLetter = {
  readonly value: Buffer | null;
  readonly headers: ReadonlyMap<string, string>;
};

/** Records as no application would send them, past the producer service, under its user. */
async function sendRaw(
  { access, platform }: DrillContext,
  topic: string,
  key: string,
  records: readonly Poison[],
): Promise<bigint[]> {
  const [service] = platform.application.services;
  const producer = new Producer({
    ...clientOptions(access(service.name), 'krafter-drill'),
    serializers: {
      ...stringSerializers,
      value: (value?: string | Buffer) => Buffer.from(value ?? ''),
    },
  });
  try {
    const offsets: bigint[] = [];
    for (const { value } of records) {
      const { offsets: written } = await producer.send({ messages: [{ topic, key, value }] });
      offsets.push(written?.[0]?.offset ?? -1n);
    }
    return offsets;
  } finally {
    await producer.close();
  }
}

function letterProblems(
  letters: readonly DeadLetter[],
  { value, errorClass }: Poison,
  { topic, group, offset }: { topic: string; group: string; offset: bigint | undefined },
): string[] {
  const expected: Readonly<Record<string, string>> = {
    'dlq-original-topic': topic,
    'dlq-original-offset': String(offset),
    'dlq-error-class': errorClass,
    'dlq-consumer-group': group,
  };
  const letter = letters.find(
    (candidate) =>
      candidate.headers.get('dlq-original-offset') === String(offset) &&
      candidate.value?.equals(Buffer.from(value)),
  );
  if (!letter)
    return [`no dead letter for the record at offset ${offset} with its value unchanged`];
  const present = [
    'dlq-original-partition',
    'dlq-original-timestamp',
    'dlq-error-message',
    'dlq-attempts',
    'dlq-failed-at',
    'correlation-id',
  ];
  return [
    ...Object.entries(expected)
      .filter(([name, want]) => letter.headers.get(name) !== want)
      .map(([name, want]) => `a dead letter has ${name}=${letter.headers.get(name)}, not ${want}`),
    ...present
      .filter((name) => !letter.headers.get(name))
      .map((name) => `a dead letter lacks ${name}`),
  ];
}

/** Events of one key that were processed before one with a smaller offset. */
function countOutOfOrder(
  events: readonly ApplicationEvent[],
  stored: Awaited<ReturnType<typeof storedEvents>>,
  keyField: string,
): number {
  const byKey = new Map<string, { offset: number; at: string }[]>();
  for (const [index, event] of events.entries()) {
    const entry = stored[index];
    if (!entry) continue;
    const key = String(event[keyField]);
    byKey.set(key, [
      ...(byKey.get(key) ?? []),
      { offset: Number(entry.offset), at: entry.processedAt },
    ]);
  }
  return [...byKey.values()].reduce((sum, list) => {
    const sorted = list.sort((a, b) => a.offset - b.offset);
    return (
      sum + sorted.filter(({ at }, index) => index > 0 && at < (sorted[index - 1]?.at ?? '')).length
    );
  }, 0);
}

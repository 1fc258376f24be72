import { groupLag } from '../cluster/observe.ts';
import { removeMembers } from '../cluster/remove-members.ts';
import type { DrillContext } from './drill.ts';
import { until } from './wait.ts';

/** A consumer that committed everything this long ago will do nothing more with it. */
const settledMs = 5000;

/** As `until`, for what the consumer does; given up when its group has read and committed all. */
export async function untilConsumed<T>(
  { access, platform, signal }: DrillContext,
  ask: () => Promise<T | undefined | false>,
  timeoutMs = 60_000,
): Promise<T | undefined> {
  const [, consumer] = platform.application.services;
  let readAt: number | undefined;
  const result = await until<{ answer: T | undefined }>(
    async () => {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return { answer };
      const { lag } = await groupLag(access(), consumer.group, consumer.topic);
      readAt = lag === 0 ? (readAt ?? Date.now()) : undefined;
      return readAt !== undefined && Date.now() - readAt > settledMs && { answer: undefined };
    },
    { timeoutMs, signal },
  );
  return result?.answer;
}

/** Killed, and started with other settings. The dead member leaves at once instead of after 45 s. */
export async function restartConsumer(
  { control, access, platform }: DrillContext,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const [, consumer] = platform.application.services;
  await control.killService(consumer.name);
  await removeMembers(access(), consumer.group);
  await control.startService(consumer.name, settings);
}

/**
 * Runs a drill that gives the consumer other settings, and gives it its own again. After Ctrl-C it
 * is only ended: `krafter up` starts what does not run, and leaves alone what does.
 */
export async function withOwnConsumer<T>(context: DrillContext, run: () => Promise<T>): Promise<T> {
  const [, consumer] = context.platform.application.services;
  try {
    return await run();
  } finally {
    if (context.signal.aborted) await context.control.killService(consumer.name);
    else await restartConsumer(context, {});
  }
}

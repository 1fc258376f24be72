import { removeMembers } from '../cluster/groups.ts';
import type { DrillContext } from './drill.ts';

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

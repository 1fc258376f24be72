import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until the answer is true; failures count as "not yet", and the last one is told. */
export async function eventually(
  what: string,
  timeoutMs: number,
  ask: () => Promise<boolean> | boolean,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      if (await ask()) return;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) {
      throw new Error(`not after ${timeoutMs / 1000} s: ${what}${last ? ` (${last})` : ''}`);
    }
    await sleep(100);
  }
}

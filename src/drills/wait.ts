import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again until the answer is there; undefined when the time is over. Failures count as "not yet". */
export async function until<T>(
  ask: () => Promise<T | undefined | false>,
  {
    timeoutMs,
    everyMs = 200,
    signal,
  }: { timeoutMs: number; everyMs?: number; signal: AbortSignal },
): Promise<T | undefined> {
  const deadline = Date.now() + timeoutMs;
  do {
    signal.throwIfAborted();
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch {
      // Not yet.
    }
    await sleep(everyMs, undefined, { signal });
  } while (Date.now() < deadline);
  return undefined;
}

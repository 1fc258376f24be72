import assert from 'node:assert/strict';

interface Running {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Lets it run until something has happened, then stops it. */
export async function runUntil(running: Running, happened: () => boolean): Promise<void> {
  const ended = running.start();
  const deadline = Date.now() + 5000;
  while (!happened() && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.ok(happened(), 'it did not happen in time');
  await running.stop();
  await ended;
}

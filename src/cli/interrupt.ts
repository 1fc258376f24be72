/** Aborts on Ctrl-C, SIGTERM and a closed terminal; whoever waits cleans up and ends. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => controller.abort(new DOMException(`stopped by ${name}`, 'AbortError')));
  }
  return controller.signal;
}

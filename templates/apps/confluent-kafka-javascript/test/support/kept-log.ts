import { Writable } from 'node:stream';
import { createLog, type Log } from '../../src/service/log.ts';

/** A log that keeps its lines instead of writing them. */
export function keptLog(): { log: Log; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  return { log: createLog('test', 'debug', destination), lines };
}

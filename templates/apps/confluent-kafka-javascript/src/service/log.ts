import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Logger;

const pinoLevels = { debug: 'debug', info: 'info', warning: 'warn', error: 'error' } as const;

/** One JSON object a line on standard output, with the same field names in every service. */
export function createLog(
  service: string,
  level: keyof typeof pinoLevels,
  // Synchronous, so that the line that explains an exit is written before it.
  destination: DestinationStream = pinoDestination(),
): Log {
  return pino(
    {
      level: pinoLevels[level],
      base: { service },
      messageKey: 'message',
      timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label === 'warn' ? 'warning' : label }) },
    },
    destination,
  );
}

function pinoDestination(): DestinationStream {
  return pino.destination({ dest: 1, sync: true });
}

/** The fields that describe an error in a log line. */
export function errorFields(error: unknown): { errorClass: string; error: string } {
  return error instanceof Error
    ? { errorClass: error.name, error: error.message }
    : { errorClass: typeof error, error: String(error) };
}

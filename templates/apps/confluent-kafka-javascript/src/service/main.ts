import { createLog, errorFields, type Log } from './log.ts';
import { KafkaRefused } from '../kafka/failures.ts';
import { SettingsError, type Environment } from './variables.ts';

export const ExitCode = { stopped: 0, bug: 1, settings: 2, refused: 3 } as const;

export interface Service {
  stop(): Promise<void>;
}

interface CommonSettings {
  serviceName: string;
  logLevel: Parameters<typeof createLog>[1];
  shutdownTimeoutMs: number;
}

/** Starts a service, and ends the process with the exit code that says why. */
export async function main<Settings extends CommonSettings>(
  defaultName: string,
  readSettings: (environment: Environment) => Settings,
  start: (settings: Settings, log: Log, fail: (error: unknown) => void) => Promise<Service>,
): Promise<void> {
  let log = createLog(process.env.SERVICE_NAME ?? defaultName, 'info');
  const fail = (error: unknown): void => {
    process.exit(report(log, error));
  };
  process.on('uncaughtException', fail);
  let stopWith: (signal: string) => void = () => process.exit(ExitCode.stopped);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      stopWith(signal);
    });
  }
  try {
    const settings = readSettings(process.env);
    log = createLog(settings.serviceName, settings.logLevel);
    const service = await start(settings, log, fail);
    stopWith = (signal) => void stop(service, settings.shutdownTimeoutMs, log, signal);
  } catch (error) {
    fail(error);
  }
}

async function stop(service: Service, timeoutMs: number, log: Log, signal: string): Promise<void> {
  log.info({ signal }, 'stopping');
  setTimeout(() => {
    log.warn({ timeoutMs }, 'stopped before everything was drained');
    process.exit(ExitCode.stopped);
  }, timeoutMs).unref();
  try {
    await service.stop();
    log.info('stopped');
    process.exit(ExitCode.stopped);
  } catch (error) {
    process.exit(report(log, error));
  }
}

function report(log: Log, error: unknown): number {
  if (error instanceof SettingsError) {
    log.error({ errorClass: error.name }, error.message);
    return ExitCode.settings;
  }
  if (error instanceof KafkaRefused) {
    log.error({ errorClass: error.name }, error.message);
    return ExitCode.refused;
  }
  const stack = error instanceof Error ? error.stack : undefined;
  log.error({ ...errorFields(error), stack }, 'this is a bug');
  return ExitCode.bug;
}

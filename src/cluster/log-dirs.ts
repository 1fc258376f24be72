import { describeLogDirsV4 } from '@platformatic/kafka';
import { errorName, whyUnseen } from './error-codes.ts';
import type { Broker, LiveCluster } from './live.ts';
import { ClusterTrouble } from './trouble.ts';

export type LogDir = {
  readonly path: string;
  /** Of its volume; not there where the directory is offline. */
  readonly volume?: { readonly totalBytes: number; readonly usableBytes: number };
  readonly error?: string;
};

/** Of one broker, asked itself: nobody else knows. */
export async function logDirsOf(
  cluster: LiveCluster,
  broker: Broker,
): Promise<readonly LogDir[] | { readonly why: string; readonly silent: boolean }> {
  try {
    // No topics: how large each replica is does not matter here, and is long.
    const { errorCode, results } = await cluster.askOf(broker, [describeLogDirsV4.api], []);
    if (errorCode !== 0) return { why: whyUnseen(errorCode), silent: false };
    return results.map(({ errorCode, logDir, totalBytes, usableBytes }) => {
      const error = errorName(errorCode);
      return {
        path: logDir,
        ...(error ? { error } : {}),
        ...(totalBytes >= 0n
          ? { volume: { totalBytes: Number(totalBytes), usableBytes: Number(usableBytes) } }
          : {}),
      };
    });
  } catch (error) {
    if (!(error instanceof ClusterTrouble)) throw error;
    const silent = error.kind === 'timeout' || error.kind === 'unreachable';
    return { why: error.trouble.why ?? error.trouble.what, silent };
  }
}

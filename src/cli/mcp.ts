import { type LiveCluster, liveCluster } from '../cluster/live.ts';
import { serve } from '../mcp/server.ts';
import { accessOf, type LiveOptions } from './live.ts';
import { tell } from './output.ts';
import { krafterVersion } from './version.ts';

/** `krafter mcp`: until the client is done. */
export async function serveMcp(options: LiveOptions): Promise<void> {
  let live: LiveCluster | undefined;
  const cluster = () => {
    live ??= liveCluster(accessOf(options));
    return live;
  };
  try {
    await serve(cluster, krafterVersion, tell);
  } finally {
    await live?.close();
  }
}

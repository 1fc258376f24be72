import type { z } from 'zod';
import { liveCluster } from '../cluster/live.ts';
import { clusterAccess } from '../cluster/settings.ts';
import type { Tool } from '../mcp/tool.ts';
import { runTool } from './tool.ts';

/** Where the cluster is, in the words of Kafka's own tools. */
export type LiveOptions = {
  readonly bootstrapServer?: string;
  readonly commandConfig?: string;
  readonly json?: true;
};

export const accessOf = ({ bootstrapServer, commandConfig }: LiveOptions) =>
  clusterAccess({ bootstrapServers: bootstrapServer, file: commandConfig, env: process.env });

/** Runs a tool that asks a live cluster. */
export async function runLiveTool<I extends z.ZodObject, O extends z.ZodObject>(
  tool: Tool<I, O>,
  given: z.input<I>,
  options: LiveOptions,
): Promise<z.infer<O>> {
  const cluster = liveCluster(accessOf(options));
  try {
    return await runTool(tool, given, options, () => cluster);
  } finally {
    await cluster.close();
  }
}

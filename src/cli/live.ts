import type { z } from 'zod';
import { liveCluster } from '../cluster/live.ts';
import { clusterAccess } from '../cluster/settings.ts';
import { refuse } from '../errors.ts';
import type { Tool } from '../mcp/tool.ts';
import { print, printJson } from './output.ts';

/** Where the cluster is, in the words of Kafka's own tools. */
export type LiveOptions = {
  readonly bootstrapServer?: string;
  readonly commandConfig?: string;
  readonly json?: true;
};

export const accessOf = ({ bootstrapServer, commandConfig }: LiveOptions) =>
  clusterAccess({ bootstrapServers: bootstrapServer, file: commandConfig, env: process.env });

/** A person's screen takes more than a model's context; a program takes all. */
const budgetOfPeople = 6000;

/** Runs a tool of `krafter mcp` as a command. */
export async function runTool<I extends z.ZodObject, O extends z.ZodObject>(
  tool: Tool<I, O>,
  given: z.input<I>,
  options: LiveOptions,
): Promise<z.infer<O>> {
  const cluster = liveCluster(accessOf(options));
  try {
    const { signal } = new AbortController();
    const budget = options.json ? Number.POSITIVE_INFINITY : budgetOfPeople;
    const answer = await tool.run(
      { cluster: () => cluster, signal, samples: new Map() },
      parsed(tool.input, given),
      budget,
    );
    if (options.json) printJson(answer);
    else print(tool.text(answer));
    return answer;
  } finally {
    await cluster.close();
  }
}

function parsed<I extends z.ZodObject>(input: I, given: z.input<I>): z.infer<I> {
  const read = input.safeParse(given);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw refuse({
    what: `${issue?.path.join('.')}: ${issue?.message ?? 'not understood'}.`,
    where: `--${issue?.path.join('.')}`,
    next: 'The command takes --help.',
  });
}

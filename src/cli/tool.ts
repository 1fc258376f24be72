import { realpathSync } from 'node:fs';
import type { z } from 'zod';
import { refuse } from '../errors.ts';
import type { Tool, ToolContext } from '../mcp/tool.ts';
import { print, printJson } from './output.ts';

/** A person's screen takes more than a model's context; a program takes all. */
const budgetOfPeople = 6000;

/** Runs a tool of `krafter mcp` as a command. */
export async function runTool<I extends z.ZodObject, O extends z.ZodObject>(
  tool: Tool<I, O>,
  given: z.input<I>,
  { json }: { readonly json?: true },
  cluster: ToolContext['cluster'],
): Promise<z.infer<O>> {
  const { signal } = new AbortController();
  const budget = json ? Number.POSITIVE_INFINITY : budgetOfPeople;
  const context = { cluster, signal, samples: new Map(), locate, env: process.env };
  const answer = await tool.run(context, parsed(tool.input, given), budget);
  if (json) printJson(answer);
  else print(tool.text(answer));
  return answer;
}

/** A person may read what the system lets them read. */
function locate(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
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

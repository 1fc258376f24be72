import type { z } from 'zod';
import type { LiveCluster } from '../cluster/live.ts';
import type { LagSample } from '../cluster/trend.ts';

/** What a tool may use: the same for the server and for the command of a person. */
export type ToolContext = {
  /** Made when it is first needed; wrong settings are an answer like any other. */
  readonly cluster: () => LiveCluster;
  readonly signal: AbortSignal;
  /** Of groups that were asked for earlier: what grows is seen without waiting. */
  readonly samples: Map<string, LagSample>;
  /** Where a file lies that was named; undefined where it may not be looked for. */
  readonly locate: (path: string) => string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/**
 * A tool of the server, which is a command too. The answer is made once, as large as its budget
 * allows; its text says the same, shorter.
 */
export type Tool<Input extends z.ZodObject, Output extends z.ZodObject> = {
  readonly name: string;
  readonly description: string;
  readonly input: Input;
  readonly output: Output;
  readonly annotations: {
    readonly readOnlyHint: boolean;
    readonly destructiveHint?: boolean;
    readonly idempotentHint?: boolean;
    readonly openWorldHint: boolean;
  };
  readonly run: (
    context: ToolContext,
    input: z.infer<Input>,
    budget: number,
  ) => Promise<z.infer<Output>>;
  readonly text: (answer: z.infer<Output>) => string;
};

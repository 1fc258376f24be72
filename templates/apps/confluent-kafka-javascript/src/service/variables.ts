import { z } from 'zod';

/** A setting is missing or wrong; the services exit with 2 and say which. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

export type Environment = Readonly<Record<string, string | undefined>>;

export const milliseconds = (fallback: number) => z.coerce.number().int().min(1).default(fallback);
export const positive = milliseconds;
export const port = (fallback: number) =>
  z.coerce.number().int().min(0).max(65535).default(fallback);
export const required = z.string({ error: 'is required' }).min(1);

/** Checks the variables and names every one that is missing or wrong. */
export function parseVariables<Schema extends z.ZodType>(
  schema: Schema,
  environment: Environment,
): z.output<Schema> {
  // An empty variable is what Compose and Kubernetes make of one that was forgotten.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (!result.success) {
    const problems = result.error.issues.map(
      (issue) => `${String(issue.path[0])} ${issue.message}`,
    );
    throw new SettingsError(problems.join('; '));
  }
  return result.data;
}

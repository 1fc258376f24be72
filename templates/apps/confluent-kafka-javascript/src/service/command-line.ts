import { parseArgs, type ParseArgsConfig } from 'node:util';
import { z } from 'zod';
import { SettingsError } from './variables.ts';

/** Reads a tool's options; what is wrong is told together with how to call it. */
export function commandLine<Schema extends z.ZodType>(
  args: string[],
  options: NonNullable<ParseArgsConfig['options']>,
  schema: Schema,
  usage: string,
): z.output<Schema> {
  try {
    return schema.parse(parseArgs({ args, options }).values);
  } catch (error) {
    const message =
      error instanceof z.ZodError
        ? error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`).join('; ')
        : (error as Error).message;
    throw new SettingsError(`${message}\n${usage}`);
  }
}

import { parseArgs } from 'node:util';
import { z } from 'zod';
import { SettingsError } from '../service/settings.ts';

export const usage =
  'usage: node src/generate.ts --count N --seed S [--rate R] [--url http://…] [--print]';

const options = z.object({
  count: z.coerce.number().int().min(0).default(100),
  seed: z.coerce.number().int().default(1),
  rate: z.coerce.number().min(0).default(0),
  url: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:8080'),
  print: z.boolean().default(false),
});

export type GeneratorOptions = z.output<typeof options>;

export function generatorOptions(args: string[]): GeneratorOptions {
  try {
    const { values } = parseArgs({
      args,
      options: {
        count: { type: 'string' },
        seed: { type: 'string' },
        rate: { type: 'string' },
        url: { type: 'string' },
        print: { type: 'boolean' },
      },
    });
    return options.parse(values);
  } catch (error) {
    const message =
      error instanceof z.ZodError
        ? error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`).join('; ')
        : (error as Error).message;
    throw new SettingsError(`${message}\n${usage}`);
  }
}

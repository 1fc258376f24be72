import { z } from 'zod';
import { commandLine } from '../service/command-line.ts';

const usage = `usage: node src/generate.ts --count N --seed S [--rate R] [--duplicates P]
                            [--url http://…] [--print]`;

const options = z.object({
  count: z.coerce.number().int().min(0).default(100),
  seed: z.coerce.number().int().default(1),
  rate: z.coerce.number().min(0).default(0),
  duplicates: z.coerce.number().min(0).max(100).default(0),
  url: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:8080'),
  print: z.boolean().default(false),
});

export type GeneratorOptions = z.output<typeof options>;

export function generatorOptions(args: string[]): GeneratorOptions {
  const declared = {
    count: { type: 'string' },
    seed: { type: 'string' },
    rate: { type: 'string' },
    duplicates: { type: 'string' },
    url: { type: 'string' },
    print: { type: 'boolean' },
  } as const;
  return commandLine(args, declared, options, usage);
}

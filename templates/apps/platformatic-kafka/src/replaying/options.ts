import { z } from 'zod';
import { commandLine } from '../service/command-line.ts';

const usage = 'usage: node src/replay.ts [--limit N] [--dry-run]';

const options = z.object({
  limit: z
    .string()
    .regex(/^\d+$/, { error: 'must be a whole number' })
    .transform(Number)
    .pipe(z.int({ error: 'is too large' }).min(1, { error: 'must be at least 1' }))
    .default(Number.MAX_SAFE_INTEGER),
  'dry-run': z.boolean().default(false),
});

export function replayOptions(args: string[]): { limit: number; dryRun: boolean } {
  const declared = { limit: { type: 'string' }, 'dry-run': { type: 'boolean' } } as const;
  const { limit, 'dry-run': dryRun } = commandLine(args, declared, options, usage);
  return { limit, dryRun };
}

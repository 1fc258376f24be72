import { z } from 'zod';
import { ownerOf, pathProblem } from './paths.ts';

const target = z.string().refine((path) => pathProblem(ownerOf(path)) === undefined);
export const journalSchema = z.strictObject({
  version: z.literal(1),
  removes: z.array(z.strictObject({ path: target, seen: z.string() })),
  renames: z.array(z.strictObject({ path: target, staged: z.int(), seen: z.string().nullable() })),
});

/**
 * Everything that remains to be done once all new files lie staged and safe. Its appearance
 * under its name is the commit: before it nothing has changed, after it the run can only go on.
 */
export type Journal = z.infer<typeof journalSchema>;

import { z } from 'zod';
import { releases } from '../../catalog/kafka-keys/releases.ts';

const release = z.enum(releases);

const path = z
  .string()
  .min(1)
  .max(500)
  .describe(
    'A path from the folder of this file on: a file, a folder, or a pattern with * and **.',
  );
const code = z
  .string()
  .regex(/^K[A-Z][0-9]{3}$/, { error: 'must be the code of a rule, such as KB001' });

export const policySchema = z
  .strictObject({
    version: z.literal(1).describe('Of this format.'),
    kafka: z
      .union([release, z.literal(releases.map(Number))], {
        error: `must be one of ${releases.join(', ')}`,
      })
      // YAML takes 4.0 for the number 4.
      .transform((given) => (typeof given === 'number' ? given.toFixed(1) : given))
      .pipe(release)
      .describe('The release that everything is checked for, where files do not tell.')
      .optional(),
    exclude: z.array(path).default([]).describe('Left out altogether.'),
    severities: z
      .record(code, z.enum(['off', 'info', 'warning', 'error']))
      .default({})
      .describe('How much a rule counts here, by its code.'),
    environments: z
      .record(path, z.enum(['development', 'production']))
      .default({})
      .describe('What files are for, by path, where krafter guesses otherwise; the last counts.'),
    ignore: z
      .array(
        z.strictObject({
          path,
          codes: z.array(code).min(1),
          reason: z
            .string()
            .trim()
            .min(1)
            .max(500)
            .describe('Why it is right as it is: whoever comes next asks.'),
        }),
      )
      .default([])
      .describe('Findings that are known and meant, also in files without comments.'),
  })
  .describe('krafter.check.yaml: how `krafter check` looks at this repository.');

export type PolicyFile = z.infer<typeof policySchema>;

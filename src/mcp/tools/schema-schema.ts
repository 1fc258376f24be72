import { z } from 'zod';
import { formats, modes } from '../../schemas/schema.ts';

export const schemaInput = z.object({
  schema: z.string(),
  format: z.enum(formats).optional(),
  against: z.array(z.string()).optional(),
  mode: z.enum(modes).optional(),
  references: z.record(z.string(), z.string()).optional(),
  detail: z.boolean().optional(),
  cursor: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
});
export type SchemaInput = z.infer<typeof schemaInput>;

export const schemaOutput = z.object({
  valid: z.boolean(),
  format: z.string(),
  problem: z
    .object({
      reference: z.string().optional(),
      line: z.number(),
      column: z.number(),
      path: z.string(),
      says: z.string(),
    })
    .optional(),
  compatible: z.boolean().optional(),
  mode: z.string().optional(),
  versions: z.number().optional(),
  breaks: z.array(
    z.object({
      path: z.string(),
      kind: z.string(),
      says: z.string(),
      instead: z.string(),
      version: z.number().optional(),
    }),
  ),
  lint: z.array(
    z.object({
      code: z.string(),
      severity: z.string(),
      line: z.number(),
      says: z.string(),
      next: z.string().optional(),
    }),
  ),
  fingerprints: z.record(z.string(), z.string()).optional(),
  normalForm: z.string().optional(),
  notes: z.array(z.string()).optional(),
  more: z.record(z.string(), z.number()).optional(),
  cursor: z.string().optional(),
});
export type SchemaAnswer = z.infer<typeof schemaOutput>;

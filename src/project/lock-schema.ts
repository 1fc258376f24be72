import { z } from 'zod';

const digest = z.string().length(64);
const mode = z.string().regex(/^[0-7]{3,4}$/);
const storedText = z.strictObject({ sha256: digest, deflate: z.string() });

const managedEntry = z.strictObject({
  ownership: z.literal('managed'),
  mode,
  /** What krafter last wrote (or had accepted); null where a person's file was first. */
  base: storedText.nullable(),
  /** A person deleted the file, and it stays so until krafter's text changes. */
  deleted: z.literal(true).optional(),
  /**
   * A conflict that a person has not settled: the text they were shown, or null when they were
   * told that the file is no longer generated (the digest is then that of the note).
   */
  offer: z
    .strictObject({
      way: z.enum(['beside', 'markers']),
      sha256: digest,
      deflate: z.string().nullable(),
    })
    .optional(),
});
const onceEntry = z.strictObject({ ownership: z.literal('once'), mode, sha256: digest });

export const lockSchema = z.strictObject({
  version: z.literal(1),
  krafter: z.string(),
  files: z.record(z.string(), z.discriminatedUnion('ownership', [managedEntry, onceEntry])),
});

export type StoredText = z.infer<typeof storedText>;
export type ManagedEntry = z.infer<typeof managedEntry>;
export type Offer = NonNullable<ManagedEntry['offer']>;
export type LockEntry = ManagedEntry | z.infer<typeof onceEntry>;
export type LockFile = z.infer<typeof lockSchema>;

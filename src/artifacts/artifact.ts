/** Who a generated file belongs to, and so what `synth` may do with it. */
export type Ownership =
  /** Written by krafter; a person's edits are merged with what krafter writes next. */
  | 'managed'
  /** Written at birth only; afterwards a person's. */
  | 'once'
  /** Made at first run with random content, mode 600, ignored by git, never in the lock file. */
  | 'secret';

/** One file of a generated project, in memory. */
export type Artifact = {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly content: string;
  /** POSIX mode, e.g. 0o644. */
  readonly mode: number;
  readonly ownership: Ownership;
};

export const managed = (path: string, content: string, mode = 0o644): Artifact => ({
  path,
  content,
  mode,
  ownership: 'managed',
});

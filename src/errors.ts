/** Exit codes of every command (see README). */
export const exitCode = {
  done: 0,
  /** The answer is no: findings, a failed drill, conflicts. */
  no: 1,
  /** Wrong use, or refused. */
  usage: 2,
  /** The machine or the cluster stood in the way. */
  environment: 3,
  bug: 70,
  /** Ctrl-C, as shells count it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** What a person can act on. Anything else that is thrown is a bug. */
export type Trouble = {
  /** What happened, in the user's words. */
  what: string;
  /** `file:line:key`, a flag, a host and port. */
  where?: string;
  /** What Kafka (or the machine) would do about it. */
  why?: string;
  /** A command or an edit. */
  next?: string;
};

export class KrafterError extends Error {
  readonly trouble: Trouble;
  readonly exit: ExitCode;
  /** What `--json` tells beside the error. */
  readonly beside: object;
  constructor(
    exit: 'usage' | 'environment' | 'no',
    trouble: Trouble,
    { cause, beside = {} }: { cause?: unknown; beside?: object } = {},
  ) {
    super(trouble.what, cause === undefined ? undefined : { cause });
    this.name = 'KrafterError';
    this.trouble = trouble;
    this.exit = exitCode[exit];
    this.beside = beside;
  }
}

/** What can come between a question and its answer. */
export type TroubleKind =
  | 'unreachable'
  | 'unauthorised'
  | 'not-found'
  | 'invalid'
  | 'conflict'
  | 'timeout'
  | 'unsupported';

/** For programs and models it has a kind, and always what to try next. */
export class TypedError extends KrafterError {
  readonly kind: TroubleKind;
  constructor(kind: TroubleKind, trouble: Trouble & { readonly next: string }, cause?: unknown) {
    super(isOfUser(kind) ? 'usage' : 'environment', trouble, { cause, beside: { kind } });
    this.kind = kind;
  }
}

const isOfUser = (kind: TroubleKind): boolean =>
  kind === 'not-found' || kind === 'invalid' || kind === 'conflict';

export const refuse = (trouble: Trouble, beside: object = {}) =>
  new KrafterError('usage', trouble, { beside });
export const obstacle = (trouble: Trouble, cause?: unknown) =>
  new KrafterError('environment', trouble, { cause });

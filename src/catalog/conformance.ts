import recorded from './conformance.json' with { type: 'json' };

/** What test/conformance found out about a client the last time that it was asked. */
export type CheckResult = {
  /** ISO 8601 day. */
  readonly date: string;
  /** At all repetitions and records, or as many as fit into every run. */
  readonly full: boolean;
  readonly result: 'passed' | 'failed' | 'skipped';
  /** Figures, when it passed. */
  readonly evidence?: Readonly<Record<string, string | number | boolean>>;
  /** What the client lacks, when it was skipped; the first line of what is wrong, when it failed. */
  readonly reason?: string;
};

/** By client and by the check's number. */
export type Conformance = Readonly<Record<string, Readonly<Record<string, CheckResult>>>>;

export const conformance: Conformance = recorded as Conformance;

/** What every client is asked, also those that are not their language's default. */
export const always = [1, 4, 6, 10, 14] as const;

/** Whether a client's kit keeps the contract, as far as it was asked. */
export function conforms(client: string): boolean {
  const results = conformance[client] ?? {};
  return (
    always.every((number) => results[number]?.result === 'passed') &&
    Object.values(results).every(({ result }) => result !== 'failed')
  );
}

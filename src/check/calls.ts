import type { ClientCall } from '../landscape/facts/code.ts';
import type { Configuration } from '../landscape/facts/configuration.ts';
import { isAside } from './environment.ts';
import type { Known } from './rule.ts';

/** What programs do with clients, tests and samples aside. */
export const callsOf = (known: Known, ...does: readonly ClientCall['does'][]): ClientCall[] =>
  known.landscape.calls.filter(
    (call) => does.includes(call.does) && !isAside(known.environmentOf(call.at.file)),
  );

/** Whether both are in the same loop, or called for the same record. */
export const isInOneLoop = ({ loop, at }: ClientCall, other: ClientCall): boolean =>
  loop !== undefined &&
  other.loop !== undefined &&
  at.file === other.at.file &&
  loop.at.line === other.loop.at.line &&
  loop.at.column === other.loop.at.column;

/** A producer that a program makes, keeps for itself and sends nothing with: a look whether brokers answer. */
export function neverSends({ landscape }: Known, configuration: Configuration): boolean {
  const own = landscape.calls.filter((call) => call.configuration === configuration);
  const made = own.find(({ does }) => does === 'makes-producer');
  return made !== undefined && !made.shared && !own.some(({ does }) => does === 'sends');
}

/** " (the default of aiokafka)". */
export const saidBy = (by: string | undefined): string => (by === undefined ? '' : ` (${by})`);

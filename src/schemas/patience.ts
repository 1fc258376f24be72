import { InvalidSchema } from './schema.ts';

/** Throws once it is over. */
export type Patience = () => void;

const longestMs = 5_000;

/** What takes longer was made to: types that all have to be compared with all others. */
export function patience(): Patience {
  const end = performance.now() + longestMs;
  return () => {
    if (performance.now() > end)
      throw new InvalidSchema({ says: 'comparing it would take too long', start: 0, end: 0 });
  };
}

/** Nobody writes types that name each other in a chain of thousands; somebody may send them. */
export function withinStack<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RangeError && /call stack/.test(error.message))) throw error;
    throw new InvalidSchema({ says: 'its types are nested too deep', start: 0, end: 0 });
  }
}

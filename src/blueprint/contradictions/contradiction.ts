import type { Trouble } from '../../errors.ts';

/** What is wrong, and at which place of the blueprint. */
export type Contradiction = Omit<Trouble, 'where'> & { readonly path: readonly PropertyKey[] };

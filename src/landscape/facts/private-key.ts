import type { Place } from '../../files/place.ts';

/** A private key that stands in a file in clear: not encrypted, and no placeholder. */
export type PrivateKey = { readonly at: Place };

import type { Rule } from '../../rule.ts';
import { suppressionWithoutReason } from './kg901-suppression-without-reason.ts';
import { suppressionOfNothing } from './kg902-suppression-of-nothing.ts';
import { suppressionOfUnknown } from './kg903-suppression-of-unknown.ts';

/** What suppress.ts says of suppressions: only there all findings are seen together. */
export const suppressionRules: readonly Rule[] = [
  suppressionWithoutReason,
  suppressionOfNothing,
  suppressionOfUnknown,
];

import type { Rule } from '../../rule.ts';
import { oneCopy } from './ks002-one-copy.ts';
import { stateInTmp } from './ks003-state-in-tmp.ts';
import { staticStreamsMember } from './ks006-static-streams-member.ts';
import { commitAfterTimeout } from './ks007-commit-after-timeout.ts';
import { notYoursToSet } from './ks008-not-yours-to-set.ts';
import { newApplication } from './ks010-new-application.ts';
import { leakingRelease } from './ks011-leaking-release.ts';
import { cleanStart } from './ks014-clean-start.ts';

export const streamsRules: readonly Rule[] = [
  oneCopy,
  stateInTmp,
  staticStreamsMember,
  commitAfterTimeout,
  notYoursToSet,
  newApplication,
  leakingRelease,
  cleanStart,
];

import type { Rule } from '../../rule.ts';
import { plaintextForClients } from './kx001-plaintext-for-clients.ts';
import { passwordInTheClear } from './kx002-password-in-the-clear.ts';
import { secretInFile } from './kx003-secret-in-file.ts';
import { nameNotVerified } from './kx004-name-not-verified.ts';
import { certificateNotNeeded } from './kx005-certificate-not-needed.ts';
import { everybodyWhereNoRule } from './kx006-everybody-where-no-rule.ts';
import { rightsOfAnybody } from './kx007-rights-of-anybody.ts';
import { jmxOutside } from './kx008-jmx-outside.ts';
import { unsecuredTokens } from './kx009-unsecured-tokens.ts';
import { brokenTls } from './kx010-broken-tls.ts';
import { privateKeyInFile } from './kx011-private-key.ts';
import { vulnerableDependency } from './kx014-vulnerable-dependency.ts';
import { brokersHaveNoRights } from './kx015-brokers-have-no-rights.ts';
import { oneUserOfMany } from './kx016-one-user-of-many.ts';
import { mechanismNotEnabled } from './kx017-mechanism-not-enabled.ts';
import { settingsOfNoListener } from './kx018-settings-of-no-listener.ts';
import { loginOfNoMechanism } from './kx019-login-of-no-mechanism.ts';
import { mskInClear } from './kx020-msk-in-clear.ts';
import { mskForEverybody } from './kx021-msk-for-everybody.ts';
import { nobodyKeepsRules } from './kx022-nobody-keeps-rules.ts';
import { mskBrokersInClear } from './kx024-msk-brokers-in-clear.ts';

export const securityRules: readonly Rule[] = [
  plaintextForClients,
  passwordInTheClear,
  secretInFile,
  nameNotVerified,
  certificateNotNeeded,
  everybodyWhereNoRule,
  rightsOfAnybody,
  jmxOutside,
  unsecuredTokens,
  brokenTls,
  privateKeyInFile,
  vulnerableDependency,
  brokersHaveNoRights,
  oneUserOfMany,
  mechanismNotEnabled,
  settingsOfNoListener,
  loginOfNoMechanism,
  mskInClear,
  mskForEverybody,
  nobodyKeepsRules,
  mskBrokersInClear,
];

import type { Rule } from '../../rule.ts';
import { serversInCode } from './kl001-servers-in-code.ts';
import { oneBootstrapServer } from './kl002-one-bootstrap-server.ts';
import { bootstrapAddress } from './kl003-bootstrap-address.ts';
import { abandonedClient } from './kl004-abandoned-client.ts';
import { oldProtocol } from './kl005-old-protocol.ts';
import { whoCommits } from './kl009-who-commits.ts';
import { testBroker } from './kl010-test-broker.ts';

export const clientRules: readonly Rule[] = [
  serversInCode,
  oneBootstrapServer,
  bootstrapAddress,
  abandonedClient,
  oldProtocol,
  whoCommits,
  testBroker,
];

import type { Rule } from '../../rule.ts';
import { evenQuorum } from './kr001-even-quorum.ts';
import { oneControllerOfMany } from './kr002-one-controller.ts';
import { combined } from './kr003-combined.ts';
import { voterOrNot } from './kr004-voter-or-not.ts';
import { controllerListener } from './kr005-controller-listener.ts';
import { noRoles } from './kr006-no-roles.ts';
import { voterEverywhere } from './kr007-voter-everywhere.ts';
import { idOfATutorial } from './kr008-id-of-a-tutorial.ts';
import { controllerOutside } from './kr009-controller-outside.ts';
import { defaultsOfBrokersOnly } from './kr012-defaults-of-brokers-only.ts';
import { joinsByItself } from './kr014-joins-by-itself.ts';
import { noQuorum } from './kr015-no-quorum.ts';
import { noId } from './kr016-no-id.ts';
import { votesElsewhere } from './kr017-votes-elsewhere.ts';
import { clusterOfTwoIds } from './kr018-cluster-of-two-ids.ts';

export const quorumRules: readonly Rule[] = [
  evenQuorum,
  oneControllerOfMany,
  combined,
  voterOrNot,
  controllerListener,
  noRoles,
  voterEverywhere,
  idOfATutorial,
  controllerOutside,
  defaultsOfBrokersOnly,
  joinsByItself,
  noQuorum,
  noId,
  votesElsewhere,
  clusterOfTwoIds,
];

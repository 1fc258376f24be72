import type { Rule } from '../../rule.ts';
import { ephemeralStorage } from './kk001-ephemeral-storage.ts';
import { removedApiVersion } from './kk002-removed-api-version.ts';
import { strimziZooKeeper } from './kk003-zookeeper.ts';
import { unsupportedVersion } from './kk004-unsupported-version.ts';
import { zonesUnknown } from './kk005-zones-unknown.ts';
import { disruptionBudget } from './kk006-disruption-budget.ts';
import { deletedWithResource } from './kk007-deleted-with-resource.ts';
import { heapFillsContainer } from './kk008-heap-fills-container.ts';
import { brokersInDeployment } from './kk009-brokers-in-deployment.ts';
import { serviceLinks } from './kk010-service-links.ts';
import { belongsToNoCluster } from './kk011-belongs-to-no-cluster.ts';
import { externalListener } from './kk012-external-listener.ts';
import { noTimeToStop } from './kk014-no-time-to-stop.ts';
import { noOperatorForIt } from './kk018-no-operator-for-it.ts';
import { droppedKey } from './kk020-dropped-key.ts';
import { recordsInThePod } from './kk021-records-in-the-pod.ts';
import { connectorsNotWatched } from './kk022-connectors-not-watched.ts';
import { evenControllers } from './kk023-even-controllers.ts';
import { oneController } from './kk024-one-controller.ts';
import { rightsNotEnforced } from './kk025-rights-not-enforced.ts';
import { noWayToLogIn } from './kk026-no-way-to-log-in.ts';
import { listenerRefused } from './kk027-listener-refused.ts';
import { upgradeNotFinished } from './kk029-upgrade-not-finished.ts';
import { usersWithoutRules } from './kk030-nobody-keeps-rules.ts';
import { loggersOfLog4j1 } from './kk031-loggers-of-log4j-1.ts';
import { ingressListener } from './kk032-ingress-listener.ts';

export const kubernetesRules: readonly Rule[] = [
  ephemeralStorage,
  removedApiVersion,
  strimziZooKeeper,
  unsupportedVersion,
  zonesUnknown,
  disruptionBudget,
  deletedWithResource,
  heapFillsContainer,
  brokersInDeployment,
  serviceLinks,
  belongsToNoCluster,
  externalListener,
  noTimeToStop,
  noOperatorForIt,
  droppedKey,
  recordsInThePod,
  connectorsNotWatched,
  evenControllers,
  oneController,
  rightsNotEnforced,
  noWayToLogIn,
  listenerRefused,
  upgradeNotFinished,
  usersWithoutRules,
  loggersOfLog4j1,
  ingressListener,
];

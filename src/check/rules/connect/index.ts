import type { Rule } from '../../rule.ts';
import { silentlySkipped } from './kn001-silently-skipped.ts';
import { deadLettersOfSource } from './kn002-dead-letters-of-source.ts';
import { deadLettersOnOneBroker } from './kn003-dead-letters-on-one-broker.ts';
import { oneCopyOfState } from './kn004-one-copy-of-state.ts';
import { oneTopicForAll } from './kn005-one-topic-for-all.ts';
import { ignoredTopicSettings } from './kn006-ignored-topic-settings.ts';
import { sharedWorkers } from './kn007-shared-workers.ts';
import { sinkWithoutSchema } from './kn009-sink-without-schema.ts';
import { oneTaskAlways } from './kn012-one-task-always.ts';
import { halfExactlyOnce } from './kn013-half-exactly-once.ts';
import { renamedOfReplaceField } from './kn014-renamed-of-replace-field.ts';
import { offsetsInTmp } from './kn015-offsets-in-tmp.ts';
import { renamedInDebezium } from './kn016-renamed-in-debezium.ts';
import { recordsInLog } from './kn017-records-in-log.ts';
import { readsItsDeadLetters } from './kn018-reads-its-dead-letters.ts';
import { topicsOrPattern } from './kn019-topics-or-pattern.ts';
import { sharedSlot } from './kn020-shared-slot.ts';
import { removedSnapshotMode } from './kn021-removed-snapshot-mode.ts';
import { sharedPrefix } from './kn022-shared-prefix.ts';
import { sharedHistory } from './kn023-shared-history.ts';
import { sharedServerId } from './kn024-shared-server-id.ts';
import { heartbeatNeverBeats } from './kn025-heartbeat-never-beats.ts';
import { removedPlugin } from './kn026-removed-plugin.ts';
import { twoNames } from './kn027-two-names.ts';
import { brokenTransforms } from './kn029-broken-transforms.ts';
import { noRegistry } from './kn030-no-registry.ts';
import { settingsOfNoConverter } from './kn031-settings-of-no-converter.ts';
import { clientSettingOfConnector } from './kn033-client-setting-of-connector.ts';
import { forwardsToItself } from './kn035-forwards-to-itself.ts';
import { clientsInClear } from './kn038-clients-in-clear.ts';

export const connectRules: readonly Rule[] = [
  silentlySkipped,
  deadLettersOfSource,
  deadLettersOnOneBroker,
  oneCopyOfState,
  oneTopicForAll,
  ignoredTopicSettings,
  sharedWorkers,
  sinkWithoutSchema,
  oneTaskAlways,
  halfExactlyOnce,
  renamedOfReplaceField,
  offsetsInTmp,
  renamedInDebezium,
  recordsInLog,
  readsItsDeadLetters,
  topicsOrPattern,
  sharedSlot,
  removedSnapshotMode,
  sharedPrefix,
  sharedHistory,
  sharedServerId,
  heartbeatNeverBeats,
  removedPlugin,
  twoNames,
  brokenTransforms,
  noRegistry,
  settingsOfNoConverter,
  clientSettingOfConnector,
  forwardsToItself,
  clientsInClear,
];

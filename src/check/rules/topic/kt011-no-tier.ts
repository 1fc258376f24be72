import { areNear } from '../../commands.ts';
import type { Rule } from '../../rule.ts';
import { effectiveText, isFalse, isTrue, ofKind, settingOf, textOf } from '../../settings.ts';

const onBroker = 'remote.log.storage.system.enable';

export const noTier: Rule = {
  code: 'KT011',
  title: 'Tiered storage that the brokers do not have',
  severity: 'error',
  confidence: 'medium',
  across: true,
  story:
    'The topic is not made: "Tiered Storage functionality is disabled in the broker". With everything on local disks instead, they are full long before the retention is over.',
  source: 'LogConfig.validateRemoteStorageOnlyIfSystemEnabled',
  noFix: 'brokers need a plug-in for the storage first',
  *check(known) {
    const brokers = ofKind(known, 'broker');
    for (const topic of ofKind(known, 'topic')) {
      const setting = settingOf(topic, 'remote.storage.enable');
      if (!setting || !isTrue(textOf(setting))) continue;
      const own = brokers.filter(({ cluster, file }) =>
        topic.cluster === undefined ? areNear(file, topic.file) : cluster === topic.cluster,
      );
      const isOff = own.every((one) => isFalse(effectiveText(known, one, onBroker)));
      const [first] = own;
      if (!first || !isOff) continue;
      yield {
        at: setting.valueAt,
        says: `remote.storage.enable is true, and ${onBroker} is false on the brokers.`,
        next: `${onBroker}=true, with a RemoteStorageManager, on every broker.`,
        also: [{ at: first.at, says: 'a broker' }],
      };
    }
  },
};

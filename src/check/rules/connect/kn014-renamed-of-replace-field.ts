import { orderOf } from '../../../catalog/kafka-keys/releases.ts';
import { releaseNear } from '../../commands.ts';
import { calledConnector, connectorsOf, workerOf } from '../../connect.ts';
import { fixOf, renaming } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { settingOf, textOf } from '../../settings.ts';

const names: Readonly<Record<string, string>> = { blacklist: 'exclude', whitelist: 'include' };

export const renamedOfReplaceField: Rule = {
  code: 'KN014',
  title: 'A list of ReplaceField that is gone',
  severity: 'error',
  confidence: 'high',
  story:
    'After the upgrade the transformation does nothing: the column with card numbers that it took out goes to every consumer, and no log has a word of it.',
  source: "KIP-629; Kafka's documentation, Upgrading to 4.0",
  *check(known) {
    for (const connector of connectorsOf(known)) {
      const release = workerOf(known, connector)?.release ?? releaseNear(known, connector.file);
      if (orderOf(release) < orderOf('4.0')) continue;
      for (const setting of connector.settings) {
        const [, alias, name = ''] = /^transforms\.([^.]+)\.(\w+)$/.exec(setting.key) ?? [];
        const now = names[name];
        const type = textOf(settingOf(connector, `transforms.${alias}.type`));
        if (!now || !/\.ReplaceField\$(Key|Value)$/.test(type ?? '')) continue;
        const key = `transforms.${alias}.${now}`;
        yield {
          at: setting.keyAt,
          says: `${setting.key} of ${calledConnector(connector)} means nothing since Kafka 4.0.`,
          next: key,
          ...fixOf(true, `Rename it to ${key}`, renaming(connector, setting, key)),
        };
      }
    }
  },
};

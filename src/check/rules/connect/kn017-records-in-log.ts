import { calledConnector, connectorsOf } from '../../connect.ts';
import { fixOf, valueEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { isTrue, settingOf, textOf } from '../../settings.ts';

const key = 'errors.log.include.messages';

export const recordsInLog: Rule = {
  code: 'KN017',
  title: 'Records that fail are written to the log',
  severity: 'info',
  confidence: 'high',
  production: true,
  story:
    'A column changes, and for a night every record goes to the log as it is, with names and addresses; from there to a search index that half of the company can read.',
  source: 'ConnectorConfig.ERRORS_LOG_INCLUDE_MESSAGES_CONFIG',
  *check(known) {
    for (const connector of connectorsOf(known)) {
      const setting = settingOf(connector, key);
      if (!setting || !isTrue(textOf(setting))) continue;
      yield {
        at: setting.valueAt,
        says: `${key} of ${calledConnector(connector)} is true.`,
        next: 'Topic, partition and offset are in the log without it.',
        ...fixOf(false, 'Leave the records out of the log', valueEdit(setting, 'false')),
      };
    }
  },
};

import { calledConnector } from '../../connect.ts';
import type { Rule } from '../../rule.ts';
import { isTrue, ofKind, settingOf, textOf } from '../../settings.ts';

const queue = 'errors.deadletterqueue.topic.name';

export const silentlySkipped: Rule = {
  code: 'KN001',
  title: 'A sink drops what it can not handle',
  severity: 'error',
  confidence: 'high',
  guards: ['dead-letters'],
  story:
    'A producer changes its format, and from then on every record is skipped without a line in any log. The connector is RUNNING, its lag is zero, and days later somebody misses the data.',
  source: 'ConnectorConfig.ERRORS_TOLERANCE_CONFIG; RetryWithToleranceOperator; KIP-298',
  noFix: 'where failed records are to go is for people to say',
  *check(known) {
    for (const connector of ofKind(known, 'connect-sink')) {
      const setting = settingOf(connector, 'errors.tolerance');
      if (textOf(setting)?.toLowerCase() !== 'all' || !setting || connector.open) continue;
      const letters = settingOf(connector, queue);
      if (letters && textOf(letters) !== '') continue;
      const log = settingOf(connector, 'errors.log.enable');
      if (log && textOf(log) === undefined) continue;
      const isLogged = isTrue(textOf(log));
      yield {
        at: setting.valueAt,
        says: `${calledConnector(connector)} skips records that fail, and keeps them nowhere${isLogged ? ' but in the log' : ''}.`,
        next: `Set ${queue}, with errors.deadletterqueue.context.headers.enable=true.`,
      };
    }
  },
};

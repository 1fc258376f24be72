import { calledConnector, removal } from '../../connect.ts';
import { fixOf } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { ofKind } from '../../settings.ts';

export const deadLettersOfSource: Rule = {
  code: 'KN002',
  title: 'Dead letters of a source connector',
  severity: 'warning',
  confidence: 'high',
  guards: ['dead-letters'],
  story:
    'Records fail, and the topic that was to have them is empty: only sinks have dead letters. What a source can not convert is skipped, or stops it, as errors.tolerance says.',
  source: 'SinkConnectorConfig.DLQ_PREFIX; KIP-298',
  *check(known) {
    for (const connector of ofKind(known, 'connect-source')) {
      const setting = connector.settings.find(({ key }) =>
        key.startsWith('errors.deadletterqueue.'),
      );
      if (!setting) continue;
      yield {
        at: setting.keyAt,
        says: `${setting.key} means nothing: ${calledConnector(connector)} is a source.`,
        next: 'errors.log.enable=true tells what fails.',
        ...fixOf(true, `Remove ${setting.key}`, removal(setting)),
      };
    }
  },
};

import type { Rule } from '../../rule.ts';
import { ofKind, settingOf, textOf } from '../../settings.ts';

export const staticStreamsMember: Rule = {
  code: 'KS006',
  title: 'Static membership with the Streams group protocol',
  severity: 'error',
  confidence: 'high',
  story: 'The application does not start: the new protocol has no static members.',
  source: 'StreamsConfig.verifyStreamsProtocolCompatibility (KIP-1071)',
  noFix: 'either of the two may be the one that was meant',
  *check(known) {
    for (const configuration of ofKind(known, 'streams')) {
      if (textOf(settingOf(configuration, 'group.protocol'))?.toLowerCase() !== 'streams') continue;
      for (const prefix of ['', 'consumer.', 'main.consumer.']) {
        const setting = settingOf(configuration, `${prefix}group.instance.id`);
        if (setting)
          yield {
            at: setting.keyAt,
            says: `${setting.key} can not be set with group.protocol=streams.`,
            next: 'Leave it out, or stay with group.protocol=classic.',
          };
      }
    }
  },
};

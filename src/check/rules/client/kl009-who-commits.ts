import { fixOf, valueEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { isTrue, ofKind, settingOf, textOf } from '../../settings.ts';

export const whoCommits: Rule = {
  code: 'KL009',
  title: 'Both Kafka and the listener are to commit offsets',
  severity: 'error',
  confidence: 'high',
  guards: ['auto-commit'],
  story:
    'The listener container does not start: "Consumer cannot be configured for auto commit for ackMode MANUAL".',
  source: 'KafkaMessageListenerContainer.ListenerConsumer.determineAutoCommit',
  *check(known) {
    for (const configuration of ofKind(known, 'consumer')) {
      const { framework } = configuration;
      const mode = framework?.settings.find(({ key }) => key === 'listener.ack-mode');
      const setting = settingOf(configuration, 'enable.auto.commit');
      if (!mode || !setting || !isTrue(textOf(setting))) continue;
      if (!/^manual([-_]?immediate)?$/i.test(textOf(mode) ?? '')) continue;
      yield {
        at: setting.valueAt,
        says: `enable.auto.commit is true, and listener.ack-mode is ${textOf(mode)}.`,
        next: "Leave enable-auto-commit out; Spring Kafka's default is false.",
        also: [{ at: mode.valueAt, says: 'The listener acknowledges by hand.' }],
        ...fixOf(true, 'Set enable-auto-commit to false', valueEdit(setting, 'false')),
      };
    }
  },
};

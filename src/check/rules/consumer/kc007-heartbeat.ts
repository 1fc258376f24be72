import { fixOf, valueEdit } from '../../edits.ts';
import type { Rule } from '../../rule.ts';
import { effectiveText, numberOf, ofJava, settingOf, usesNewProtocol } from '../../settings.ts';

export const heartbeat: Rule = {
  code: 'KC007',
  title: 'Heartbeats as rare as the session is long',
  severity: 'error',
  confidence: 'high',
  story: 'The consumer does not start: its session would be over before its first heartbeat.',
  source: 'org.apache.kafka.clients.consumer.internals.Heartbeat',
  *check(known) {
    for (const configuration of ofJava(known, 'consumer')) {
      // KC005 says that neither may be set.
      if (usesNewProtocol(configuration)) continue;
      const setting =
        settingOf(configuration, 'heartbeat.interval.ms') ??
        settingOf(configuration, 'session.timeout.ms');
      const of = (key: string) => numberOf(effectiveText(known, configuration, key));
      const [beat, session] = [of('heartbeat.interval.ms'), of('session.timeout.ms')];
      if (!setting || beat === undefined || session === undefined || beat < session) continue;
      const set = settingOf(configuration, 'heartbeat.interval.ms');
      const third = Math.floor(session / 3);
      yield {
        at: setting.valueAt,
        says: `heartbeat.interval.ms is ${beat}, and session.timeout.ms only ${session}.`,
        next: 'A third of the session at most, so that two heartbeats may be lost.',
        ...fixOf(
          true,
          `Set heartbeat.interval.ms to ${third}`,
          third > 0 && set ? valueEdit(set, `${third}`) : [],
        ),
      };
    }
  },
};

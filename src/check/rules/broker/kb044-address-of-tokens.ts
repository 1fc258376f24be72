import type { Rule } from '../../rule.ts';
import { ofKind } from '../../settings.ts';

const allowed = 'org.apache.kafka.sasl.oauthbearer.allowed.urls';

export const addressOfTokens: Rule = {
  code: 'KB044',
  title: 'An address for tokens that is not on the list',
  severity: 'error',
  confidence: 'high',
  across: true,
  guards: ['security'],
  story:
    'Everything was right with 3.9. With 4.0 nobody can log in, and the broker says that the address is not allowed: the list of those that are is a property of Java, and empty.',
  source: 'ConfigurationUtils.throwIfURLIsNotAllowed; upgrade notes for 4.0',
  noFix: 'Options of Java are put together by scripts as well.',
  *check(known) {
    for (const { workload, settings, open, release = known.release } of ofKind(known, 'broker')) {
      if (!workload || open || Number(release) < 4) continue;
      const isSaid = workload.environment.some(
        ({ key, value }) =>
          /OPT(ION)?S$/.test(key) && ('unknown' in value || value.known.includes(allowed)),
      );
      const setting = settings.find(({ key }) =>
        /(^|\.)sasl\.oauthbearer\.(token|jwks)\.endpoint\.url$/.test(key),
      );
      if (!setting || isSaid) continue;
      yield {
        at: setting.valueAt,
        says: `Kafka ${release} asks no address for tokens that ${allowed} does not name.`,
        next: `Add -D${allowed}=… to KAFKA_OPTS.`,
      };
    }
  },
};

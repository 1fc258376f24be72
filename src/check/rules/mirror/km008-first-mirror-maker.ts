import { orderOf } from '../../../catalog/kafka-keys/releases.ts';
import { releaseNear } from '../../commands.ts';
import { ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

const next = 'MirrorMaker 2 (connect-mirror-maker, KafkaMirrorMaker2), which has other settings.';

export const firstMirrorMaker: Rule = {
  code: 'KM008',
  title: 'The first MirrorMaker is gone',
  severity: 'error',
  confidence: 'high',
  story:
    'The second cluster is upgraded, the mirror with it, and it does not start: there is no such class. From this night on the copy is old, and it is needed some day.',
  source: "Kafka's documentation, Upgrading to 4.0; KIP-720",
  noFix: 'it is another program',
  *check(known) {
    for (const { tool, at } of known.landscape.commands)
      if (tool === 'kafka-mirror-maker' && orderOf(releaseNear(known, at.file)) >= orderOf('4.0'))
        yield { at, says: 'kafka-mirror-maker is gone since Kafka 4.0.', next };
    for (const { at } of ofStrimzi(known, 'KafkaMirrorMaker'))
      yield { at, says: 'Strimzi has no KafkaMirrorMaker since 0.46.', next };
  },
};

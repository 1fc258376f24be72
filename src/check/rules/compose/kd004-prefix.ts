import { imageFamily, keyOfVariable } from '../../../catalog/images.ts';
import { fixOf } from '../../edits.ts';
import type { Rule } from '../../rule.ts';

const bitnami = 'KAFKA_CFG_';

export const prefixOfAnother: Rule = {
  code: 'KD004',
  title: "Variables in another image's language",
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'The image was changed, and its variables were not. It starts, as it would without any of them, and what they were to set is the default.',
  source:
    'kafka_configure_from_environment_variables of bitnami/kafka (KAFKA_CFG_); KafkaDockerWrapper.getServerConfigsFromEnv of apache/kafka (KAFKA_)',
  *check({ landscape, keys }) {
    for (const { image, environment, runs } of landscape.workloads) {
      const family = image && runs === 'broker' ? imageFamily(image.name)?.environment : undefined;
      if (!image || !family || /^[0-2]\b/.test(image.tag ?? '')) continue;
      const wrong = family.prefix === bitnami ? 'KAFKA_' : bitnami;
      const names = new Set(environment.map(({ key }) => key));
      for (const { key: name, keyAt } of environment) {
        if (!name.startsWith(wrong) || (wrong === 'KAFKA_' && name.startsWith(bitnami))) continue;
        const key = keyOfVariable(name, wrong);
        const right = family.prefix + name.slice(wrong.length);
        // Bitnami's own scripts took this one.
        if (!keys('broker').has(key) || names.has(right) || name === 'KAFKA_BROKER_ID') continue;
        yield {
          at: keyAt,
          says: `${image.name} does not read ${name}.`,
          next: `Its name there is ${right}.`,
          ...fixOf(false, `Rename ${name} to ${right}`, [{ at: keyAt, text: right, was: name }]),
        };
      }
    }
  },
};

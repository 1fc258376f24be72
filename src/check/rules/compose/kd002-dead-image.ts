import type { Rule } from '../../rule.ts';

export const deadImage: Rule = {
  code: 'KD002',
  title: 'An image that can not be pulled any more',
  severity: 'error',
  confidence: 'high',
  story:
    'It works for everybody who has it. On a new machine, and in the next build, "docker compose up" ends with "manifest unknown".',
  source: 'https://github.com/bitnami/containers/issues/83267',
  noFix: 'Another image takes other variables.',
  *check({ landscape }) {
    for (const { image } of landscape.workloads) {
      const name = image && /^bitnami\/(kafka|zookeeper|schema-registry)$/.exec(image.name)?.[1];
      if (!image || name === undefined) continue;
      yield {
        at: image.at,
        says: `Bitnami took ${image.name} from Docker Hub in September 2025.`,
        next: `Move to ${name === 'kafka' ? 'apache/kafka' : 'an image that is kept up'}; bitnamilegacy/${name} has the old ones, without updates.`,
      };
    }
  },
};

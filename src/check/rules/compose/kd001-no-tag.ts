import type { Rule } from '../../rule.ts';

export const noTag: Rule = {
  code: 'KD001',
  title: 'An image that is another one tomorrow',
  severity: 'info',
  confidence: 'high',
  production: 'named',
  story:
    'A machine is replaced at night, and pulls what "latest" is by now: the next major release of Kafka joins the cluster, or does not start at all.',
  source: 'https://docs.docker.com/reference/compose-file/services/#image',
  noFix: 'Which release runs is not in the file.',
  *check({ landscape }) {
    const said = new Set<string>();
    for (const { image, runs, network } of landscape.workloads) {
      if (!image || !/^(broker|connect|registry)$/.test(runs) || image.digest !== undefined)
        continue;
      const { name, tag } = image;
      if ((tag ?? 'latest') !== 'latest' || said.has(`${network} ${name}`)) continue;
      said.add(`${network} ${name}`);
      yield {
        at: image.at,
        says: `${name} has ${tag === undefined ? 'no tag' : 'the tag latest'}.`,
        next: 'Name the release, and raise it on purpose.',
      };
    }
  },
};

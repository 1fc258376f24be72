import type { Rule } from '../../rule.ts';

/** These come out of a broker's JMX and nothing else. */
const ofBroker = /^kafka_(?:server|controller|network|log|cluster|coordinator)_/;

export const notExported: Rule = {
  code: 'KO009',
  title: 'A metric that no rule of the JMX exporter makes',
  severity: 'warning',
  confidence: 'medium',
  across: true,
  guards: ['monitoring'],
  story:
    'The dashboard came from somewhere else, where the exporter had other rules. The panel says "No data", the alert never fires, and nobody can tell this from a quiet day.',
  source: 'JMX exporter: rules, name, lowercaseOutputName',
  noFix: 'which of the two is wrong is not in the files',
  *check({ landscape }) {
    const exporters = landscape.exporters.filter(({ kind }) => kind === 'jmx-exporter');
    const recorded = new Set(
      landscape.metrics.flatMap(({ by, name }) => (by === 'recording-rule' ? [name] : [])),
    );
    // Of brokers: one that makes at least something of what is asked for.
    const asked = new Set(
      landscape.metrics.map(({ metric }) => metric).filter((one) => ofBroker.test(one)),
    );
    const ofBrokers = exporters.filter(({ exports }) =>
      [...asked].some((metric) => exports?.(metric) === true),
    );
    if (ofBrokers.length === 0) return;
    const said = new Set<string>();
    for (const { metric, at, name } of landscape.metrics) {
      if (!ofBroker.test(metric) || recorded.has(metric) || said.has(metric)) continue;
      if (!exporters.every(({ exports }) => exports?.(metric) === false)) continue;
      said.add(metric);
      yield {
        at,
        says: `${name} asks for ${metric}, which comes out of none of the exporter's rules.`,
        also: ofBrokers.map((one) => ({ at: one.at, says: 'the rules' })),
      };
    }
  },
};

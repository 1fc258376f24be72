import {
  type JsonNode,
  jsonTree,
  property,
  stringProperty,
} from '../../../files/formats/json-tree.ts';
import type { MetricUse } from '../../facts/monitoring.ts';
import type { Reader } from '../reader.ts';
import { metricsOf } from './promql.ts';

/** A Grafana dashboard: its panels' queries, also those of rows that are folded. */
export const grafanaDashboard: Reader = {
  files: /\.json$/,
  mentions: /"panels"\s*:/,
  read(file) {
    if (!file.text.includes('"expr"')) return {};
    const root = jsonTree(file.text, 'refused');
    const dashboard = property(root, 'dashboard') ?? root;
    const metrics: MetricUse[] = [];
    const waiting = [...list(dashboard, 'panels'), ...list(dashboard, 'rows')];
    for (const panel of waiting) {
      for (const inner of list(panel, 'panels')) waiting.push(inner);
      for (const target of list(panel, 'targets')) {
        const expression = property(target, 'expr');
        if (expression?.kind !== 'string') continue;
        for (const metric of metricsOf(expression.value))
          metrics.push({
            metric,
            at: file.place(expression.start, expression.end),
            by: 'panel',
            name: stringProperty(panel, 'title') ?? '',
            query: expression.value,
          });
      }
    }
    return { metrics };
  },
};

function list(node: JsonNode, name: string): readonly JsonNode[] {
  const found = property(node, name);
  return found?.kind === 'array' ? found.items : [];
}

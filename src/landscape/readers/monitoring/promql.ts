import { parser } from '@prometheus-io/lezer-promql';

const longest = 20_000;

/**
 * The metrics that an expression asks for; none where it is no PromQL: nothing is guessed. Grafana's
 * variables stand for durations and labels.
 */
export function metricsOf(expression: string): string[] {
  if (expression.length > longest) return [];
  const text = expression
    .replaceAll(/\[\[\w+(?::\w+)?\]\]/g, 'x')
    .replaceAll(/\[\s*\$\{?\w+(?::\w+)?\}?/g, '[5m')
    .replaceAll(/\$\{?__?\w+\}?(?=\s*\])/g, '5m')
    .replaceAll(/\$\{(\w+)(?::\w+)?\}|\$(\w+)/g, 'x');
  const found = new Set<string>();
  let isWhole = true;
  parser.parse(text).iterate({
    enter({ type, from, to, node }) {
      if (type.isError) isWhole = false;
      if (type.name !== 'VectorSelector') return;
      const name = node.getChild('Identifier');
      // `{__name__="..."}`
      const selected = name ? undefined : /__name__\s*=\s*"([\w:]+)"/.exec(text.slice(from, to));
      const metric = name ? text.slice(name.from, name.to) : selected?.[1];
      if (metric !== undefined) found.add(metric);
    },
  });
  return isWhole ? [...found] : [];
}

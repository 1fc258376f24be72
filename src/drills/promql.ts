import { parser } from '@prometheus-io/lezer-promql';

/** The vector selectors of an expression, e.g. `up{job="kafka"}`, without ranges and offsets. */
export function selectors(expression: string): string[] {
  const found: string[] = [];
  parser.parse(expression).iterate({
    enter: ({ name, from, to }) => {
      if (name === 'VectorSelector') found.push(expression.slice(from, to));
    },
  });
  return [...new Set(found)];
}

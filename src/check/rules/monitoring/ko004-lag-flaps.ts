import type { Rule } from '../../rule.ts';
import { alertsOnKafka, isLag } from './uses.ts';

/** What is behind for a moment on any busy topic. */
const tiny = 100;

export const lagFlaps: Rule = {
  code: 'KO004',
  title: 'A lag alert that fires at every hiccup',
  severity: 'warning',
  confidence: 'medium',
  guards: ['lag-watched'],
  story:
    'A rebalance of two seconds, and the phone rings. After a week everybody has muted it, also the night when it is true.',
  source: 'Prometheus, Alerting rules: for',
  noFix: 'how long is too long is not in the file',
  *check(known) {
    for (const { metric, query, forSeconds = 0, at, name } of alertsOnKafka(known)) {
      const [, threshold] = />=?\s*(\d+(?:\.\d+)?)\s*$/.exec(query.trim()) ?? [];
      if (!isLag(metric) || forSeconds > 0 || threshold === undefined) continue;
      if (Number(threshold) > tiny || /\b(avg|min|max|sum)?_over_time|deriv|rate\(/.test(query))
        continue;
      yield {
        at,
        says: `${name} fires as soon as ${metric} is above ${threshold}, if only for a moment.`,
        next: 'Add for: 5m.',
      };
    }
  },
};

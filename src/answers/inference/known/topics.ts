import type { Clue, Strength } from '../finding.ts';

// Kafka's own rule, minus names that only internal topics have.
const topicName = /^(?!\.{1,2}$)(?!__)[A-Za-z0-9._-]{1,249}$/;

/** A topic, where the text is a possible topic's name. */
export function topicClues(name: string, line: number, why: string, strength: Strength): Clue[] {
  return topicName.test(name) ? [{ answer: 'topic', value: name, line, why, strength }] : [];
}

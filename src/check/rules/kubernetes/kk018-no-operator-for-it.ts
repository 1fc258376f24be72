import { clusterLabel } from '../../../landscape/node-pools.ts';
import { lacks, named, ofStrimzi } from '../../resources.ts';
import type { Rule } from '../../rule.ts';

const operators: Readonly<Record<string, string>> = {
  KafkaTopic: 'topicOperator',
  KafkaUser: 'userOperator',
};

export const noOperatorForIt: Rule = {
  code: 'KK018',
  title: 'Topics or users that no operator looks after',
  severity: 'warning',
  confidence: 'high',
  across: true,
  story:
    'The resource is applied, it is even listed, and nothing is made of it. The topic is created by the first producer instead, with one copy; the user can not log in.',
  source: "Strimzi's API reference, EntityOperatorSpec: only the operators that are named are run",
  noFix: 'an operator of its own may be meant to do it',
  *check(known) {
    const said = new Set<unknown>();
    for (const one of ofStrimzi(known, ...Object.keys(operators))) {
      const kafka = named('Kafka', one, known.landscape);
      const operator = operators[one.kind] ?? '';
      const label = one.fields.get(clusterLabel);
      if (!kafka || !label || said.has(`${kafka.at.file} ${kafka.at.line} ${operator}`)) continue;
      if (!lacks(kafka, `spec.entityOperator.${operator}`)) continue;
      said.add(`${kafka.at.file} ${kafka.at.line} ${operator}`);
      yield {
        at: label.at,
        says: `${kafka.name} has no entityOperator with a ${operator}, so no ${one.kind} of it is ever read.`,
        next: `Add spec.entityOperator.${operator}: {} to the Kafka.`,
        also: [{ at: kafka.at, says: `the Kafka ${kafka.name}` }],
      };
    }
  },
};

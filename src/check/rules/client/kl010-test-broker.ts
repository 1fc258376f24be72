import type { Rule } from '../../rule.ts';

const brokers = new Set([
  'org.springframework.kafka:spring-kafka-test',
  'org.testcontainers:kafka',
  'org.testcontainers:testcontainers-kafka',
  'io.github.embeddedkafka:embedded-kafka_2.13',
]);

export const testBroker: Rule = {
  code: 'KL010',
  title: 'A broker for tests goes to production',
  severity: 'warning',
  confidence: 'medium',
  story:
    'The artifact that is deployed has a whole broker and test libraries in it: more to patch, versions of Kafka that win over the right ones, and an embedded broker if a test class is ever found.',
  source: "Spring Kafka's documentation, Testing Applications; Maven's scopes",
  noFix: 'how this build marks what is for tests is not certain',
  *check({ landscape }) {
    for (const { name, at, development } of landscape.dependencies)
      if (brokers.has(name) && !development && !/(^|[/_-])tests?([/_-]|$)/i.test(at.file))
        yield {
          at,
          says: `${name} is a dependency of the program, not of its tests.`,
          next: 'Maven: <scope>test</scope>. Gradle: testImplementation.',
        };
  },
};

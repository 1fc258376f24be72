/**
 * The line of Kafka's clients that a line of Spring Boot brings, from `kafka.version` in its
 * spring-boot-dependencies; seen 2026-11-29. Patches of both move on their own.
 */
export const kafkaOfSpringBoot: Readonly<Record<string, string>> = {
  '2.0': '1.0',
  '2.1': '2.0',
  '2.2': '2.3',
  '2.3': '2.5',
  '2.4': '2.6',
  '2.5': '2.7',
  '2.6': '3.0',
  '2.7': '3.1',
  '3.0': '3.3',
  '3.1': '3.4',
  '3.2': '3.6',
  '3.3': '3.7',
  '3.4': '3.8',
  '3.5': '3.9',
  '4.0': '4.1',
  '4.1': '4.2',
};

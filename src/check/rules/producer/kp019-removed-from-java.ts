import { removedFromJava } from '../../../catalog/removed-from-java.ts';
import { isAside } from '../../environment.ts';
import type { Rule } from '../../rule.ts';

export const removedClass: Rule = {
  code: 'KP019',
  title: 'A class or method that Kafka 4 no longer has',
  severity: 'error',
  confidence: 'high',
  story:
    'The library is upgraded with all the others. Where it is compiled again, the build fails; where it is not, a NoSuchMethodError or ClassNotFoundException ends the service at its first poll.',
  source: "Kafka's upgrade notes for 4.0; the jars of 3.9.1 and 4.0.1",
  noFix: 'what stands in for it has other arguments',
  *check({ landscape, release, environmentOf }) {
    for (const { name, at, release: own = release } of landscape.names) {
      const gone = removedFromJava[name];
      if (!gone || own === '3.9' || isAside(environmentOf(at.file))) continue;
      yield { at, says: `${name} is gone since Kafka 4.0.`, next: gone.now };
    }
  },
};

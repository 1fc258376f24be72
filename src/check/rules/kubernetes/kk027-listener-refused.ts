import type { Located } from '../../../landscape/facts/configuration.ts';
import type { Resource } from '../../../landscape/facts/workload.ts';
import { itemsIn, ofStrimzi } from '../../resources.ts';
import type { Found, Rule } from '../../rule.ts';

/** ListenersValidator.FORBIDDEN_PORTS and LOWEST_ALLOWED_PORT_NUMBER, GenericKafkaListener.LISTENER_NAME_REGEX */
const taken: readonly number[] = [9404, 9999];
const lowest = 9092;
const names = /^[a-z0-9]{1,11}$/;

export const listenerRefused: Rule = {
  code: 'KK027',
  title: 'A listener that the operator refuses',
  severity: 'error',
  confidence: 'high',
  story:
    'The resource is applied without complaint, and nothing happens: the operator logs "Listener configuration is not valid", and leaves the whole cluster as it was, also in everything else.',
  source: 'ListenersValidator of Strimzi',
  noFix: 'Clients have to know the new port or name.',
  *check(known) {
    for (const kafka of ofStrimzi(known, 'Kafka')) yield* faultsOf(kafka);
  },
};

type Field = { readonly text: string | undefined; readonly at: Located['at'] };

function* faultsOf(kafka: Resource): Generator<Found> {
  const seen = new Set<string>();
  for (const listener of itemsIn(kafka, 'spec.kafka.listeners')) {
    const field = (path: string): Field | undefined => {
      const found = listener.get(path);
      return (
        found && { text: 'known' in found.value ? found.value.known : undefined, at: found.at }
      );
    };
    const [name, port, tls] = [field('name'), field('port'), field('tls')];
    const [type, login] = [field('type'), field('authentication.type')];
    for (const [what, one] of Object.entries({ name, port })) {
      if (one?.text === undefined) continue;
      if (seen.has(`${what} ${one.text}`))
        yield fault(
          one,
          `Two listeners have the ${what} ${one.text}.`,
          `Give each its own ${what}.`,
        );
      seen.add(`${what} ${one.text}`);
    }
    if (name?.text !== undefined && !names.test(name.text))
      yield fault(
        name,
        `${name.text} is no name of a listener.`,
        'At most 11 small letters and digits.',
      );
    const number = Number(port?.text ?? lowest);
    if (port && (number < lowest || taken.includes(number)))
      yield fault(
        port,
        `Port ${number} is not for listeners.`,
        `One from ${lowest} on, but for ${taken.join(' and ')}.`,
      );
    if (tls?.text !== 'false') continue;
    if (login?.text === 'tls')
      yield fault(
        login,
        `${name?.text ?? 'The listener'} asks for certificates, and has no TLS.`,
        'Set tls: true.',
      );
    if (type?.text === 'route' || type?.text === 'ingress')
      yield fault(tls, `A listener of type ${type.text} must have TLS.`, 'Set tls: true.');
  }
}

const fault = ({ at }: Field, says: string, next: string): Found => ({ at, says, next });

import type { Place } from '../files/place.ts';
import type { Workload } from '../landscape/facts/workload.ts';
import type { Known } from './rule.ts';

export type Bootstrap = {
  readonly client: string;
  readonly port: number;
  readonly at: Place;
};

/** Variables of clients, of whatever framework; not those of brokers about themselves. */
const ofClients =
  /BOOTSTRAP_?SERVERS?$|^KAFKA_(BROKERS?|BROKERCONNECT|URL|HOST)$|KAFKASTORE_BOOTSTRAP_SERVERS$/;

/** Where other containers beside a broker connect to it by its name. */
export function bootstrapsOf({ landscape }: Known, broker: Workload): Bootstrap[] {
  return landscape.workloads
    .filter((one) => one.network === broker.network && one.name !== broker.name)
    .filter(({ runs }) => runs !== 'broker' && runs !== 'zookeeper')
    .flatMap(({ name, environment }) =>
      environment.flatMap(({ key, value, valueAt }): Bootstrap[] => {
        if (!ofClients.test(key) || !('known' in value)) return [];
        return value.known.split(',').flatMap((one) => {
          const [, host, port] = /^(?:[A-Za-z_]+:\/\/)?([\w.-]+):(\d{1,5})$/.exec(one.trim()) ?? [];
          return host === broker.name ? [{ client: name, port: Number(port), at: valueAt }] : [];
        });
      }),
    );
}

import { folderOf } from '../files/folder.ts';
import type { Configuration } from '../landscape/facts/configuration.ts';
import type { Landscape } from '../landscape/facts/index.ts';
import { clusterOf } from './cluster-of.ts';

/** What a set of files is for, and the sign that decided it. */
export type Environment = { readonly is: 'development' | 'production'; readonly why: string };

const aside =
  /(^|[/._-])(dev|local|test|tests|testing|spec|specs|mocks?|fixtures?|bench|benchmarks?|it|e2e|examples?|samples?|demo|tutorials?|docs?|labs?|training|workshops?|playground|poc|kind|minikube|quickstart)([/._-]|$)/i;
/** `integrationTest`, `androidTest`, `testFixtures`: Gradle's source sets; `OrderTests.java`. */
const testing = /(^|\/)src\/(\w*Test|test\w*)\/|\w(Test|Tests|IT|Spec)\.(java|kt)$/;
const serious = /(^|[/._-])(prod|prd|production|live)([/._-]|$)/i;

/** Tests, samples, somebody's own: not what runs anywhere. */
export const isAside = ({ is, why }: Environment): boolean =>
  is === 'development' && why === 'path';

/** Of a file, or of the profile that a line of it belongs to. */
export type EnvironmentOf = (file: string, line?: number) => Environment;

/** Files of one folder belong together. */
export function environmentsOf({ configurations, profiles }: Landscape): EnvironmentOf {
  const brokers = configurations.filter(({ kind }) => kind === 'broker');
  const folders = new Map<string, Environment>();
  return (path, line) => {
    const profile = profiles.find((one) => one.file === path && one.lines.has(line ?? 0));
    // As in application-prod.yml; what is switched off by a profile is not meant by its name.
    if (profile && !profile.name.includes('!')) {
      if (serious.test(profile.name)) return { is: 'production', why: 'profile' };
      if (aside.test(profile.name)) return { is: 'development', why: 'profile' };
    }
    // A package of Java's is no folder that says what is in it: com.example, com.acme.test.
    const file = path.replace(/(^|\/)src\/main\/(java|kotlin)\/.*\//, '$1src/main/');
    if (serious.test(file)) return { is: 'production', why: 'path' };
    if (aside.test(file) || testing.test(file)) return { is: 'development', why: 'path' };
    const folder = folderOf(file);
    const environment = folders.get(folder) ?? byBrokers(withNeighbours(brokers, folder));
    folders.set(folder, environment);
    return environment;
  };
}

/** Those of a folder, and the other nodes of their clusters. */
function withNeighbours(brokers: readonly Configuration[], folder: string): Configuration[] {
  const here = (one: Configuration) => one.file.startsWith(folder);
  const clusters = new Set(brokers.filter(here).map(clusterOf));
  clusters.delete(undefined);
  return brokers.filter((one) => here(one) || clusters.has(clusterOf(one)));
}

function byBrokers(brokers: readonly Configuration[]): Environment {
  // Clients of a container that are on the same machine: somebody's own.
  if (brokers.some(isAtHome)) return { is: 'development', why: 'localhost is advertised' };
  const clusters = new Map<string, number>();
  for (const one of brokers) {
    const { nodes = 1 } = one;
    const place = clusterOf(one) ?? one.file;
    clusters.set(place, (clusters.get(place) ?? 0) + (nodes === 'unknown' ? 1 : nodes));
  }
  const most = Math.max(0, ...clusters.values());
  return most > 1
    ? { is: 'production', why: `${most} brokers` }
    : { is: 'development', why: most === 1 ? 'one broker' : 'nothing says otherwise' };
}

const isAtHome = ({ workload, settings }: Configuration): boolean =>
  workload !== undefined &&
  settings.some(
    ({ key, value }) =>
      key === 'advertised.listeners' &&
      'known' in value &&
      /:\/\/(localhost|127\.0\.0\.1):/.test(value.known),
  );

/** Whether somebody said it, by a name or a pin; several brokers alone may be an exercise. */
export const isSaidToBeProduction = ({ is, why }: Environment): boolean =>
  is === 'production' && !/ brokers$/.test(why);

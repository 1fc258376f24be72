import type { Landscape } from '../landscape/facts/index.ts';

/** What a set of files is for, and the sign that decided it. */
export type Environment = { readonly is: 'development' | 'production'; readonly why: string };

const aside =
  /(^|[/._-])(dev|local|test|tests|it|e2e|examples?|samples?|demo|tutorials?|docs?|labs?|training|workshops?|playground|poc|kind|minikube|quickstart)([/._-]|$)/i;
const serious = /(^|[/._-])(prod|prd|production|live)([/._-]|$)/i;

/** Files of one folder belong together. */
export function environmentsOf(landscape: Landscape): (file: string) => Environment {
  return (file) => {
    if (serious.test(file)) return { is: 'production', why: 'path' };
    if (aside.test(file)) return { is: 'development', why: 'path' };
    const folder = file.slice(0, file.lastIndexOf('/') + 1);
    const brokers = landscape.configurations
      .filter((one) => one.kind === 'broker' && one.file.startsWith(folder))
      .reduce((sum, { nodes = 1 }) => sum + (nodes === 'unknown' ? 1 : nodes), 0);
    return brokers > 1
      ? { is: 'production', why: `${brokers} brokers` }
      : { is: 'development', why: brokers === 1 ? 'one broker' : 'nothing says otherwise' };
  };
}

import { basename, resolve } from 'node:path';
import { namePattern } from '../blueprint/schema.ts';
import { refuse } from '../errors.ts';

/** Names that the file systems, Docker or the platform itself use for something else. */
const reserved = new Set(
  'con prn aux nul com1 com2 com3 com4 lpt1 lpt2 lpt3 node-modules krafter kafka admin broker localhost default'.split(
    ' ',
  ),
);

/** The project's name: as given, else from its folder. */
export function projectName(given: string | undefined, folder: string): string {
  const where = given === undefined ? `folder ${printable(basename(resolve(folder)))}` : '--name';
  const name = given ?? basename(resolve(folder));
  if (!namePattern.test(name)) {
    const better = suggestion(name);
    throw refuse({
      what: `"${printable(name)}" can not be the name of a platform.`,
      where,
      why: 'It names containers, users, certificates and consumer groups: lower-case letters, digits and dashes, starting with a letter, 40 at most.',
      next: better ? `--name ${better}` : 'Give one with --name, for example --name shop',
    });
  }
  if (reserved.has(name)) {
    throw refuse({
      what: `"${name}" is a reserved word.`,
      where,
      why: 'Something else already answers to that name on this machine or in the platform.',
      next: `--name my-${name}`,
    });
  }
  return name;
}

/** Something legal that is close to it, if anything is left. */
function suggestion(name: string): string | undefined {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return namePattern.test(slug) && !reserved.has(slug) ? slug : undefined;
}

/** Without control characters, and not longer than a line. */
export const printable = (text: string): string => {
  const clean = text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '?');
  return clean.length > 60 ? `${clean.slice(0, 60)}...` : clean;
};

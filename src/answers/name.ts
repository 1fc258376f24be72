import { basename, dirname, join } from 'node:path';
import { namePattern } from '../blueprint/format.ts';
import { reservedPlatformName } from '../blueprint/names.ts';
import { refuse } from '../errors.ts';

/** The project's name: as given, else from its folder. */
export function projectName(given: string | undefined, folder: string): string {
  const name = given ?? basename(folder);
  const where = given === undefined ? join(dirname(folder), shortened(name)) : '--name';
  if (!namePattern.test(name)) {
    const better = suggestion(name);
    throw refuse({
      what: `"${shortened(name)}" can not be the name of a platform.`,
      where,
      why: 'It names containers, users, certificates and consumer groups: lower-case letters, digits and dashes, starting with a letter, 40 at most.',
      next: better ? `--name ${better}` : 'Give one with --name, for example --name shop',
    });
  }
  const why = reservedPlatformName(name);
  if (why) {
    throw refuse({ what: `"${name}" is a reserved word.`, where, why, next: `--name my-${name}` });
  }
  return name;
}

/** Something legal that is close to it, if anything is left. */
function suggestion(name: string): string | undefined {
  const slug = name
    .normalize('NFKD')
    // What was an accent.
    .replaceAll(/\p{Mark}/gu, '')
    // The capital of ß is SS.
    .toUpperCase()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return namePattern.test(slug) && !reservedPlatformName(slug) ? slug : undefined;
}

/** Not longer than a line. */
const shortened = (text: string): string => {
  const letters = [...text];
  return letters.length > 60 ? `${letters.slice(0, 60).join('')}...` : text;
};

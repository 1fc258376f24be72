import { realpathSync } from 'node:fs';
import { isAbsolute, resolve, sep } from 'node:path';

/**
 * Where a file lies that somebody named who may see this folder only: below it, and by no link.
 * Undefined is everything else, whether it is there or not.
 */
export function pathBelow(folder: string, path: string): string | undefined {
  if (isAbsolute(path) || path.includes('\0')) return undefined;
  try {
    const top = realpathSync(folder);
    const wanted = resolve(top, path);
    const isBelow = wanted.startsWith(top.endsWith(sep) ? top : top + sep);
    return isBelow && realpathSync(wanted) === wanted ? wanted : undefined;
  } catch {
    return undefined;
  }
}

import { isUtf8 } from 'node:buffer';
import { obstacle, refuse } from '../errors.ts';
import type { ProjectFile } from '../files/project-file.ts';
import { applyChanges, type Change, looker, recover } from '../project/index.ts';

const unchanged = 'Nothing was changed: everything is as it was.';

/**
 * Writes mended texts, all of them or none. A file is replaced only while it is what was checked,
 * keeps its mode and its byte order mark, and is never reached through a link.
 */
export async function writeFixes(
  folder: string,
  files: readonly ProjectFile[],
  texts: ReadonlyMap<string, string>,
): Promise<void> {
  await recover(folder);
  const look = looker(folder);
  const changes: Change[] = [];
  for (const file of files) {
    const text = texts.get(file.path);
    if (text === undefined || text === file.text) continue;
    const found = look(file.path);
    if (found.kind === 'obstructed')
      throw refuse({
        what: `${file.path} can not be mended: it ${found.why}.`,
        where: file.path,
        why: unchanged,
        next: 'Mend it by hand, or leave it out with `exclude` in krafter.check.yaml.',
      });
    const old = found.kind === 'file' ? found.bytes.toString('utf8') : undefined;
    const mark = old?.startsWith('\uFEFF') ? '\uFEFF' : '';
    const isSame = found.kind === 'file' && isUtf8(found.bytes) && old === mark + file.text;
    if (!isSame) throw changed(file.path);
    // Renaming over it would need no permission of the file's own.
    if ((found.mode & 0o222) === 0)
      throw obstacle({
        what: `${file.path} is read-only.`,
        where: file.path,
        why: unchanged,
        next: `chmod u+w ${file.path}`,
      });
    const { path } = file;
    const { mode, sha256: seen } = found;
    changes.push({ kind: 'write', path, content: mark + text, mode, seen });
  }
  if (changes.length > 0) await applyChanges(folder, changes);
}

const changed = (path: string) =>
  obstacle({
    what: `${path} has changed since it was checked, or is not in UTF-8.`,
    where: path,
    why: unchanged,
    next: 'Run the same command again.',
  });

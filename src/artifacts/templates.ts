import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Artifact, managed } from './artifact.ts';

/** The folder of the installed package, from sources and from the bundle alike. */
export const packageRoot = findPackageRoot(import.meta.dirname);

function findPackageRoot(start: string): string {
  let folder = start;
  while (!existsSync(join(folder, 'templates', 'platform'))) folder = dirname(folder);
  return folder;
}

const templateRoot = join(packageRoot, 'templates');

/** A file of `templates/platform` as it stands, at the same place in the project. */
export function platformFile(path: string): Artifact {
  const source = join(templateRoot, 'platform', path);
  return managed(path, readFileSync(source, 'utf8'), statSync(source).mode & 0o111 ? 0o755 : 0o644);
}

/** All files below a folder of `templates/`, as paths relative to it, sorted. */
export function templateFiles(folder: string): { path: string; content: string; mode: number }[] {
  const root = join(templateRoot, folder);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({
      path: file.slice(root.length + 1),
      content: readFileSync(file, 'utf8'),
      mode: statSync(file).mode & 0o111 ? 0o755 : 0o644,
    }));
}

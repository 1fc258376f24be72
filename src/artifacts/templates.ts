import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Artifact, managed } from './artifact.ts';

export type TemplateFile = {
  /** Within its folder of `templates/`. */
  readonly path: string;
  readonly content: string;
  readonly mode: number;
};

/** A file of `templates/platform` as it stands, at the same place in the project. */
export function platformFile(path: string): Artifact {
  platform ??= new Map(templateFiles('platform').map((file) => [file.path, file]));
  const file = platform.get(path);
  if (!file) throw new Error(`no template platform/${path}`);
  return managed(path, file.content, file.mode);
}
let platform: ReadonlyMap<string, TemplateFile> | undefined;

/** All files below a folder of `templates/`, sorted. */
export function templateFiles(folder: string): readonly TemplateFile[] {
  // The package holds a file in place of the folder (scripts/build.ts).
  const packed = join(import.meta.dirname, 'templates', `${folder}.json`);
  if (existsSync(packed)) return JSON.parse(readFileSync(packed, 'utf8'));
  return readFolder(join(import.meta.dirname, '..', '..', 'templates', folder));
}

/** What a person's tools leave in a template; never part of a project. */
const leftovers =
  /^(node_modules|\.venv|__pycache__|\.[a-z]+_cache|target|bin|coverage|\.coverage(\..*)?|.*\.egg-info|data|\.DS_Store)$/;

function readFolder(folder: string, inside = ''): TemplateFile[] {
  return readdirSync(join(folder, inside), { withFileTypes: true })
    .filter(({ name }) => !leftovers.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(inside, entry.name);
      if (entry.isDirectory()) return readFolder(folder, path);
      const file = join(folder, path);
      const mode = statSync(file).mode & 0o111 ? 0o755 : 0o644;
      return [{ path, content: readFileSync(file, 'utf8'), mode }];
    });
}

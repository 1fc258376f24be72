import type { Project } from '../../../files/project-file.ts';
import { programOf } from '../program.ts';

const manifests = [
  'package.json',
  'go.mod',
  'pyproject.toml',
  'requirements.txt',
  'setup.py',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'Dockerfile',
];

const known = new WeakMap<Project, Map<string, boolean>>();

/** The folder of the program that a source file belongs to: the next above with a manifest. */
export function programAround(path: string, project: Project): string {
  const start = programOf(path);
  for (let folder = start; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/'), 0))) {
    if (hasManifest(folder, project)) return folder;
    if (folder === '') return /(^|\/)src\/(main|test)\//.test(path) ? start : '';
  }
}

function hasManifest(folder: string, project: Project): boolean {
  const answers = known.get(project) ?? new Map<string, boolean>();
  known.set(project, answers);
  const answer = answers.get(folder);
  if (answer !== undefined) return answer;
  const prefix = folder === '' ? '' : `${folder}/`;
  const paths = project.folder?.(prefix);
  const found = manifests.some((name) =>
    paths ? paths.includes(prefix + name) : project.file(prefix + name) !== undefined,
  );
  answers.set(folder, found);
  return found;
}

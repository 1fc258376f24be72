/**
 * What lies in a project's folder without saying what the project is: other people's code,
 * what a build made, tests, documentation, samples.
 */
const madeOrForeign = new Set([
  'node_modules',
  'bower_components',
  'vendor',
  'third_party',
  'third-party',
  'site-packages',
  'target',
  'build',
  'out',
  'dist',
  'coverage',
  'venv',
  'env',
  '__pycache__',
]);

const tests = new Set(['test', 'tests', '__tests__', 'testdata', 'e2e', 'integration-tests']);
const samples = new Set(['docs', 'doc', 'examples', 'example', 'samples', 'sample', 'fixtures']);

/** Whether a folder is left out, given the folders above it inside the project. */
export function isFolderAside(name: string, above: readonly string[]): boolean {
  // .git, .venv, .krafter, .gradle, .idea, .github: none of them is the project.
  if (name.startsWith('.')) return true;
  // com.example, com.acme.build: ordinary parts of a package's name.
  if (packageLevels(above) !== undefined) return false;
  return madeOrForeign.has(name) || tests.has(name) || samples.has(name);
}

/** How deep a folder lies in a package's name: 0 for src/main/java itself, undefined outside. */
export function packageLevels(folders: readonly string[]): number | undefined {
  const source = folders.findIndex(
    (folder, at) =>
      folder === 'src' &&
      folders[at + 1] === 'main' &&
      ['java', 'kotlin'].includes(folders[at + 2] ?? ''),
  );
  return source === -1 ? undefined : folders.length - source - 3;
}

const testFiles: readonly RegExp[] = [
  /(^|[._-])(test|tests|e2e|ci)([._-][^/]*)?\.(ya?ml|properties|txt)$/i,
  /(^test_|_test\.|^conftest\.)[^/]*$/,
  /\.(test|spec)\.[cm]?[jt]sx?$/,
  /(Test|Tests|IT|Spec)\.(java|kt)$/,
];

export const isFileAside = (name: string) => testFiles.some((pattern) => pattern.test(name));

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { applicationFolder } from '../artifacts/apps/index.ts';
import type { Artifact } from '../artifacts/artifact.ts';
import { composePath } from '../artifacts/compose/index.ts';
import { secretsScript } from '../artifacts/security/index.ts';
import { gitignorePath, ignored } from '../synthesis.ts';
import { isTracked } from './git.ts';

/** What `krafter new` leaves as it is in a folder, and what its owner should know of it. */
export function keepExisting(
  root: string,
  artifacts: readonly Artifact[],
): { artifacts: Artifact[]; notes: string[] } {
  const isThere = ({ path }: Artifact) =>
    existsSync(join(root, path)) && statSync(join(root, path)).isFile();
  const secrets = artifacts.filter(
    (artifact) => artifact.ownership === 'secret' && isThere(artifact),
  );
  const hasGitignore = existsSync(join(root, gitignorePath));
  return {
    artifacts: artifacts.filter(({ path }) => path !== gitignorePath || !hasGitignore),
    notes: [
      ...(hasGitignore ? gitignoreNotes(join(root, gitignorePath)) : []),
      ...secrets.flatMap((artifact) => secretNotes(root, artifact)),
      ...applicationNotes(root, artifacts),
      ...composeNotes(root, artifacts),
    ],
  };
}

/** The image of the services is built from all of the folder, and their tests look through it. */
function applicationNotes(root: string, artifacts: readonly Artifact[]): string[] {
  const inside = `${applicationFolder}/`;
  const own = artifacts.filter(({ path }) => path.startsWith(inside));
  const theirs = listFolder(join(root, applicationFolder));
  return theirs.length === 0
    ? []
    : [
        `Your ${inside} stays as it is (${someOf(theirs)}); the ${own.length} files of the two services go beside it. To keep them apart, choose a folder of its own: krafter new NAME`,
      ];
}

/** The other names that Compose looks for; those of the second list it adds to the file it found. */
const otherComposeFiles = ['compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const composeOverrides = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];

function composeNotes(root: string, artifacts: readonly Artifact[]): string[] {
  if (!artifacts.some(({ path }) => path === composePath)) return [];
  const isThere = (name: string) => existsSync(join(root, name));
  const [shadowed] = otherComposeFiles.filter(isThere);
  const [merged] = composeOverrides.filter(isThere);
  return [
    ...(shadowed
      ? [
          `Compose prefers ${composePath}, which krafter writes here, and ignores your ${shadowed} ("Found multiple config files"). Yours still runs with docker compose -f ${shadowed}; a folder of its own keeps them apart: krafter new NAME`,
        ]
      : []),
    ...(merged
      ? [
          `Compose merges your ${merged} into ${composePath}, which krafter writes here: what it says of your services would become part of this platform. Rename it, or choose a folder of its own: krafter new NAME`,
        ]
      : []),
  ];
}

const someOf = (names: readonly string[]): string =>
  names.length > 3
    ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
    : names.join(', ');

function gitignoreNotes(file: string): string[] {
  const missing = notIgnored(readText(file));
  return missing.length === 0
    ? []
    : [
        `Your .gitignore stays as it is, but lacks: ${missing.join(', ')}. Add them, or secrets get committed.`,
      ];
}

/** Those of krafter's lines that a .gitignore lacks, or takes back further down. */
function notIgnored(text: string): string[] {
  const bare = (pattern: string) => pattern.replace(/^\//, '').replace(/\/$/, '');
  const lines = text.split('\n').map((line) => line.trim());
  return ignored.filter((wanted) => {
    const last = lines.findLast((line) => bare(line.replace(/^!/, '')) === bare(wanted));
    return last === undefined || last.startsWith('!');
  });
}

/** krafter's secrets are not written into a person's file unasked; security/secrets.sh adds them. */
function secretNotes(root: string, { path, content }: Artifact): string[] {
  const file = join(root, path);
  const there = readText(file);
  const lacking = [...content.matchAll(/^(\w+)=/gm)]
    .map(([, variable = '']) => variable)
    .filter((variable) => !new RegExp(`^${variable}=.`, 'm').test(there));
  const mode = (statSync(file).mode & 0o777).toString(8);
  if (lacking.length === 0) {
    return mode.endsWith('00') ? [] : [`Others may read your ${path}: chmod 600 ${path}`];
  }
  const notes = [
    `Your ${path} stays as it is, but lacks ${lacking.join(', ')}. ${secretsScript}, which krafter up runs, adds them and makes it readable by you only${mode.endsWith('00') ? '' : ` (mode 600; it is ${mode})`}.`,
  ];
  if (isTracked(root, path)) {
    notes.push(
      `Git tracks your ${path}, so passwords in it would be committed; ${secretsScript} refuses until it is out of git: git rm --cached ${path}`,
    );
  }
  return notes;
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Artifact } from '../artifacts/artifact.ts';
import { secretsScript } from '../artifacts/security/index.ts';
import { gitignorePath, ignored } from '../synthesis.ts';

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
    ],
  };
}

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

/** Without git, nobody can commit from here. Its own configuration of the folder starts no program. */
const isTracked = (root: string, path: string): boolean =>
  spawnSync(
    'git',
    ['-C', root, '-c', 'core.fsmonitor=false', 'ls-files', '--error-unmatch', '--', path],
    { stdio: 'ignore', timeout: 5_000 },
  ).status === 0;

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

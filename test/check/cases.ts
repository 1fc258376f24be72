/**
 * Cases of the rules: `rules/<CODE>/<name>`, a file or a folder of files. A name with `bad` in it has
 * findings, one with `good` has none. What is expected stands in a comment above the line, in the
 * file's own comment form (`# expect KB001`), or in the folder's `expected.txt` (`KB001 file:line`)
 * where a format has no comments. `order.avsc.before` is what order.avsc was. A path with `prod` in it is production.
 */
import { globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { check } from '../../src/check/check.ts';
import type { Finding } from '../../src/check/rule.ts';
import { suppress } from '../../src/check/suppress.ts';
import { ProjectFile } from '../../src/files/project-file.ts';
import type { Landscape } from '../../src/landscape/facts/index.ts';
import { readLandscape } from '../../src/landscape/read.ts';

export const folder = join(import.meta.dirname, 'rules');

export type Case = {
  /** `KB001/bad.properties`. */
  readonly name: string;
  readonly code: string;
  readonly isBad: boolean;
  readonly files: readonly ProjectFile[];
};

export const cases: readonly Case[] = globSync('*/*', { cwd: folder })
  .sort()
  .map((name) => {
    const inFolder = statSync(join(folder, name)).isDirectory();
    const paths = inFolder
      ? globSync('**/*', { cwd: join(folder, name) }).filter((path) =>
          statSync(join(folder, name, path)).isFile(),
        )
      : [name.slice(name.indexOf('/') + 1)];
    const root = inFolder ? name : dirname(name);
    return {
      name,
      code: name.slice(0, name.indexOf('/')),
      isBad: /\bbad\b/.test(name),
      files: paths
        .sort()
        .map((path) => new ProjectFile(path, readFileSync(join(folder, root, path), 'utf8'))),
    };
  });

const isExpectations = ({ path }: ProjectFile) => path === 'expected.txt';

export async function landscapeOfCase({ files }: Case): Promise<Landscape> {
  const own = files.filter((file) => !isExpectations(file) && !file.path.endsWith('.before'));
  const find = (path: string) => own.find((file) => file.path === path);
  const landscape = await readLandscape(own, { file: find }, '4.3');
  const schemas = landscape.schemas.map((schema) => {
    const before = files.find(({ path }) => path === `${schema.at.file}.before`)?.text;
    return before === undefined ? schema : { ...schema, before };
  });
  return { ...landscape, schemas };
}

export const findingsOf = async (one: Case): Promise<readonly Finding[]> => {
  const findings = await check(await landscapeOfCase(one), '4.3');
  return suppress(findings, one.files).findings;
};

/** `CODE file:line`, sorted. */
export const said = (findings: readonly Finding[]): string[] =>
  findings.map(({ rule, at }) => `${rule.code} ${at.file}:${at.line}`).sort();

export function expected({ files }: Case): string[] {
  return files
    .flatMap((file) =>
      file.text.split('\n').flatMap((line, index) => {
        if (isExpectations(file)) return line.trim() === '' ? [] : [line.trim()];
        const codes = /\bexpect ((?:K[A-Z]\d{3}[ ,]*)+)/.exec(line)?.[1] ?? '';
        return [...codes.matchAll(/K[A-Z]\d{3}/g)].map(
          ([code]) => `${code} ${file.path}:${index + 2}`,
        );
      }),
    )
    .sort();
}

import { fixAll } from '../check/fix.ts';
import type { Policy } from '../check/policy/load.ts';
import { fingerprintsIn, isTold, type Looked, lookAt } from '../check/repository.ts';
import { unifiedDiff } from '../check/unified-diff.ts';
import type { Project, ProjectFile } from '../files/project-file.ts';
import { printable } from '../printable.ts';
import type { CheckOptions, IsKnown } from './check-options.ts';
import { print, slowly, tell } from './output.ts';
import { writeFixes } from './write-fixes.ts';

/** Mends files, or shows how; gives what is left, or nothing where it was only shown. */
export async function fixFiles(
  folder: string,
  files: readonly ProjectFile[],
  project: Project,
  policy: Policy,
  { fix, showFixes, all }: CheckOptions,
  isKnown: IsKnown,
): Promise<{ looked: Looked; files: ReadonlyMap<string, ProjectFile> } | undefined> {
  let looked: Looked | undefined;
  let byPath = new Map(files.map((file) => [file.path, file]));
  const open = (path: string) => byPath.get(path) ?? project.file(path);
  const checkAgain = async (now: readonly ProjectFile[]) => {
    byPath = new Map(now.map((file) => [file.path, file]));
    looked = await lookAt(now, { file: open }, policy);
    const fingerprints = fingerprintsIn(looked, open);
    return looked.findings
      .filter((one) => all || isTold(one))
      .map(({ finding }) => finding)
      .filter((finding) => !isKnown(fingerprints.get(finding) ?? ''));
  };
  const waiting = slowly('reading files');
  const { texts, fixed } = await fixAll(files, checkAgain, { unsafe: fix === 'unsafe' });
  waiting.end();
  if (showFixes) {
    const diffs = files.map(({ path, text }) => unifiedDiff(path, text, texts.get(path) ?? text));
    const whole = diffs.join('');
    if (whole === '') tell('There is nothing to mend.');
    else print(whole.trimEnd());
    return undefined;
  }
  await writeFixes(folder, files, texts);
  for (const { rule, at, fix: made } of fixed)
    tell(`Mended: ${rule.code} ${printable(at.file)}:${at.line} ${made?.says ?? ''}`);
  tell(fixed.length === 0 ? 'There was nothing to mend.' : `${fixed.length} mended.`);
  return looked && { looked, files: byPath };
}

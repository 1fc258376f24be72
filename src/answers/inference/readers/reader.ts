import type { Project, ProjectFile } from '../../../files/project-file.ts';
import type { Clue } from '../finding.ts';

/** Reads one kind of file. It may throw an Error that says what is wrong with the file. */
export type Reader = {
  /** Which files, by their path. */
  readonly files: RegExp;
  /** What such a file must mention to be worth reading. */
  readonly mentions?: RegExp;
  read(file: ProjectFile, project: Project): Clue[] | Promise<Clue[]>;
};

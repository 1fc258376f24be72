import type { KafkaRelease } from '../../catalog/kafka-keys/key.ts';
import type { Project, ProjectFile } from '../../files/project-file.ts';
import type { Facts } from '../facts/index.ts';

/** Reads one kind of file. It may throw an Error that says what is wrong with the file. */
export type Reader = {
  /** Which files, by their path. */
  readonly files: RegExp;
  /** What such a file must mention to be worth reading: one quick look at its text. */
  readonly mentions?: RegExp;
  /** Nothing where the file turns out to be about something else: content decides, not names. */
  read(file: ProjectFile, project: Project, release: KafkaRelease): Facts | Promise<Facts>;
};

import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { refuse, type Trouble } from '../errors.ts';
import { describe, firstOf, pathOf, type Written } from '../mistakes.ts';
import { lockFile } from '../project/paths.ts';
import { strictYaml } from '../strict-yaml.ts';
import { consequence } from './consequences.ts';
import { contradictions } from './contradictions/index.ts';
import { blueprintVersion } from './format.ts';
import { blueprintJsonSchema } from './json-schema.ts';
import { type Blueprint, blueprintSchema } from './schema.ts';
import { meantQuantity } from './units.ts';
import { blueprintFile, blueprintSchemaFile } from './write.ts';

/** A blueprint is a few kilobytes; beyond this it is something else. */
const largest = 1_000_000;

export function loadBlueprint(project: string): Blueprint {
  const file = join(project, blueprintFile);
  return parseBlueprint(readBlueprint(file), blueprintFile);
}

/** The text of a blueprint, or a refusal of what can't be one. */
export function readBlueprint(file: string): string {
  const bytes = readBytes(file);
  if (bytes.includes(0) || !isUtf8(bytes)) {
    throw refuse({
      what: `${blueprintFile} is a binary file or not in UTF-8, so it is not YAML.`,
      where: file,
      next: 'Put the right file back, or save it as UTF-8.',
    });
  }
  return bytes.toString('utf8');
}

function readBytes(file: string): Buffer {
  try {
    const stat = statSync(file);
    // A named pipe would be waited for, a device read for ever.
    if (!stat.isFile()) throw refuse(notAFile(file));
    if (stat.size > largest) throw refuse(tooLarge(file, stat.size));
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      throw refuse(unreadable(file, String(error.code)));
    throw error;
  }
}

const notAFile = (file: string): Trouble => ({
  what: `${blueprintFile} is not a file.`,
  where: file,
  next: `Move it away, and put the right file back: ls -ld ${blueprintFile}`,
});

const tooLarge = (file: string, size: number): Trouble => ({
  what: `${blueprintFile} has ${Math.round(size / 1e6)} MB, which no blueprint has.`,
  where: file,
  next: 'Put the right file back; `krafter new --dry-run` shows what belongs to a project.',
});

const unreadable = (file: string, code: string): Trouble =>
  code === 'ENOENT'
    ? {
        what: `There is no ${blueprintFile} here.`,
        where: file,
        why: 'It holds what the platform is; everything else follows from it.',
        next: existsSync(join(dirname(file), lockFile))
          ? `${lockFile} is here, so it was deleted: git checkout -- ${blueprintFile}`
          : 'Go to the project folder, or make one: krafter new shop',
      }
    : { what: `${blueprintFile} can not be read (${code}).`, where: file, next: `ls -l ${file}` };

const written: Omit<Written, 'file'> = {
  is: 'a blueprint',
  jsonSchema: blueprintJsonSchema,
  schemaFile: blueprintSchemaFile,
  ignored: 'It would be ignored, and the platform would not be what it seems to say.',
  consequence,
  meant: meantQuantity,
  // Only `role` tells one kind of entry from another.
  unionWords: ['producer', 'consumer'],
};

/** The blueprint, or a refusal that names line, column and the nearest valid word. */
export function parseBlueprint(text: string, name: string): Blueprint {
  const { value, place } = strictYaml(text, name, {
    noAliases: 'Write the values out; a blueprint needs no anchors and aliases.',
    whenEmpty: 'Put it back from version control, or make a new project: krafter new shop',
  });
  refuseNewerVersion(value, name, place(['version']));
  const result = blueprintSchema.safeParse(value);
  if (!result.success) {
    const issue = firstOf(result.error.issues);
    if (!issue) throw new Error('zod refused without an issue');
    const trouble = describe(issue, value, { ...written, file: blueprintFile });
    throw refuse({ ...trouble, where: place(pathOf(issue)) });
  }
  const [contradiction] = contradictions(result.data);
  if (contradiction) {
    const { path, ...trouble } = contradiction;
    throw refuse({ ...trouble, where: place(path) });
  }
  return result.data;
}

function refuseNewerVersion(value: unknown, name: string, where: string): void {
  const version = (value as { version?: unknown }).version;
  if (typeof version === 'number' && version > blueprintVersion) {
    throw refuse({
      what: `${name} has version ${version}; this krafter knows up to ${blueprintVersion}.`,
      where,
      why: 'A newer krafter wrote it, with settings that would be lost here.',
      next: 'Update krafter: npm install -g krafter',
    });
  }
}

import { exitCode, refuse } from '../errors.ts';
import type { SchemaInput } from '../mcp/tools/schema-schema.ts';
import { schemaValidate } from '../mcp/tools/schema-validate.ts';
import { printable } from '../printable.ts';
import { print } from './output.ts';
import { runTool } from './tool.ts';

export type ValidateOptions = {
  readonly format?: string;
  readonly against: readonly string[];
  readonly git?: string | true;
  readonly subject?: string;
  readonly mode?: string;
  readonly reference: readonly string[];
  readonly normalForm?: true;
  readonly json?: true;
};

/** `krafter schema validate`: the answer is no where it is not valid, or breaks something. */
export async function schemaValidateFile(file: string, options: ValidateOptions): Promise<void> {
  const { format, against, git, subject, mode, reference, normalForm } = options;
  const older = [
    ...(git === undefined ? [] : [git === true ? 'git' : `git:${git}`]),
    ...(subject === undefined ? [] : [`subject:${subject}`]),
    ...against.map((one) => `file:${one}`),
  ];
  const given = {
    schema: `file:${file}`,
    ...(format === undefined ? {} : { format: format.toLowerCase() }),
    ...(older.length === 0 ? {} : { against: older }),
    ...(mode === undefined ? {} : { mode: mode.toUpperCase() }),
    ...(reference.length === 0
      ? {}
      : { references: Object.fromEntries(reference.map((one) => [one, `file:${one}`])) }),
    ...(normalForm || options.json ? { detail: true } : {}),
  } as SchemaInput;
  const answer = await runTool(schemaValidate, given, options, () => {
    throw refuse({ what: 'No cluster is needed for a schema.' });
  });
  if (answer.normalForm !== undefined && !options.json) print(printable(answer.normalForm));
  if (!answer.valid || answer.compatible === false) process.exitCode = exitCode.no;
}

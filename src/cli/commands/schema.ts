import type { Command } from 'commander';
import type { CompatOptions } from '../schema-compat.ts';
import type { ValidateOptions } from '../schema-validate.ts';

export const schemaCommand = (program: Command): Command => {
  const schema = program
    .command('schema')
    .description('Whether a schema is valid, and whether it may follow another one.');
  schema
    .command('validate')
    .argument('<schema>', 'a file')
    .description('whether a schema is valid, what is unwise in it, and what it breaks')
    .option('--format <format>', 'avro, protobuf or json (default: what the file is)')
    .option('--against <file>', 'an older version; repeatable, the oldest first', collect, [])
    .option('--git [commit]', 'older versions of the file in git, or the one where this parted')
    .option('--subject <name>', 'a subject of the registry at SCHEMA_REGISTRY_URL, with its mode')
    .option('--mode <mode>', 'as of a registry, e.g. FULL_TRANSITIVE (default: BACKWARD)')
    .option('--reference <file>', 'a schema that it uses or imports; repeatable', collect, [])
    .option('--normal-form', 'the normal form and its fingerprints too')
    .option('--json', 'for programs')
    .action(async (file: string, options: ValidateOptions) => {
      const { schemaValidateFile } = await import('../schema-validate.ts');
      await schemaValidateFile(file, options);
    });
  schema
    .command('compat')
    .argument(
      '[schemas...]',
      'OLD NEW: files; several old ones, the oldest first, then the new one',
    )
    .description('whether readers and writers of the schemas understand each other')
    .option('--format <format>', 'avro, protobuf or json (default: what the files are)')
    .option('--mode <mode>', 'as of a registry, e.g. FULL_TRANSITIVE (default: BACKWARD)')
    .option('--reference <file>', 'a schema that they use or import; repeatable', collect, [])
    .option('--pairs <file>', 'instead: lines of JSON with format, mode, old and new as texts')
    .option('--json', 'for programs')
    .action(async (files: readonly string[], options: CompatOptions) => {
      const { schemaCompat } = await import('../schema-compat.ts');
      await schemaCompat(files, options);
    });
  return schema;
};

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

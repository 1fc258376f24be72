import type { Command } from 'commander';
import type { CompatOptions } from '../schema-compat.ts';

export const schemaCommand = (program: Command): Command => {
  const schema = program.command('schema').description('Whether a schema may follow another one.');
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

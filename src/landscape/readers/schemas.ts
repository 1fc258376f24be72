import { JsonProblem, jsonTree, stringProperty } from '../../files/formats/json-tree.ts';
import type { ProjectFile } from '../../files/project-file.ts';
import type { Facts } from '../facts/index.ts';
import type { SchemaText } from '../facts/schema.ts';
import type { Reader } from './reader.ts';

/** Of a generator: its schema is known when it has run. */
const template = /\{\{|<%|\$\{|__[A-Z_]+__/;

const whole = (file: ProjectFile, format: SchemaText['format']): Facts =>
  template.test(file.text) ? {} : { schemas: [{ format, text: file.text, at: file.place(0, 0) }] };

const avroFile: Reader = {
  files: /\.avsc$/,
  mentions: /\S/,
  // A request to a registry has the schema inside a text.
  read: (file) => (/^\s*\{\s*"schema"\s*:/.test(file.text) ? {} : whole(file, 'avro')),
};

/** What gRPC calls is no record: a file with a service is somebody else's. */
const protobufFile: Reader = {
  files: /\.proto$/,
  mentions: /^[ \t]*message\s/m,
  read: (file) => (/^[ \t]*service[ \t]+\w+\s*\{/m.test(file.text) ? {} : whole(file, 'protobuf')),
};

/**
 * JSON Schemas say what they are at their root; a file that merely follows one names it by the same
 * key, and one with several schemas is something else.
 */
const jsonSchemaFile: Reader = {
  files: /\.json$/,
  mentions: /"\$schema"\s*:\s*"https?:\/\/json-schema\.org\/[^"]*schema#?"/,
  read: (file) => (says(file.text) ? whole(file, 'json-schema') : {}),
};

function says(text: string): boolean {
  try {
    const dialect = stringProperty(jsonTree(text, 'refused'), '$schema');
    return dialect !== undefined && /^https?:\/\/json-schema\.org\//.test(dialect);
  } catch (error) {
    if (error instanceof JsonProblem) return false;
    throw error;
  }
}

export const schemaReaders: readonly Reader[] = [avroFile, protobufFile, jsonSchemaFile];

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
  read: (file) => whole(file, 'avro'),
};

/** What gRPC calls is no record: a file with a service is somebody else's. */
const protobufFile: Reader = {
  files: /\.proto$/,
  mentions: /^\s*message\s/m,
  read: (file) => (/^\s*service\s+\w+\s*\{/m.test(file.text) ? {} : whole(file, 'protobuf')),
};

/** JSON Schemas say what they are; a file that merely follows one names it by the same key. */
const jsonSchemaFile: Reader = {
  files: /\.json$/,
  mentions: /"\$schema"\s*:\s*"https?:\/\/json-schema\.org\/[^"]*schema#?"/,
  read: (file) => whole(file, 'json-schema'),
};

export const schemaReaders: readonly Reader[] = [avroFile, protobufFile, jsonSchemaFile];

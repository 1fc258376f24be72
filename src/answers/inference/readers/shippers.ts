import type { Reader } from './reader.ts';

/** Programs that ship logs, by the setting that makes them ship to Kafka. */
const shippers: readonly { files: RegExp; output: RegExp; name: string }[] = [
  {
    files: /(^|\/)[\w.-]*fluent[\w.-]*\.(conf|ya?ml)$/i,
    output: /^[ \t-]*(name:?[ \t]+kafka|@type[ \t]+(kafka2?|rdkafka2?))[ \t]*\r?$/im,
    name: 'Fluent',
  },
  {
    files: /(^|\/)[\w.-]*filebeat[\w.-]*\.ya?ml$/i,
    output: /^output\.kafka\s*:/m,
    name: 'Filebeat',
  },
  {
    files: /(^|\/)[\w.-]*vector[\w.-]*\.(toml|ya?ml)$/i,
    output: /^[ \t]*type[ \t]*[=:][ \t]*["']?kafka["']?/m,
    name: 'Vector',
  },
  {
    files: /(^|\/)[\w.-]*logstash[\w.-]*\.conf$/i,
    output: /^[ \t]*kafka[ \t]*\{/m,
    name: 'Logstash',
  },
  { files: /(^|\/)log4j2?[\w.-]*\.xml$/i, output: /<Kafka\s/, name: "Log4j's Kafka appender" },
];

export const logShippers: readonly Reader[] = shippers.map(({ files, output, name }) => ({
  files,
  mentions: output,
  read(file) {
    const at = output.exec(file.text);
    if (!at) return [];
    const offset = at.index + at[0].search(/\S/);
    return [
      {
        answer: 'useCase',
        value: 'logs',
        line: file.lineAt(offset),
        why: `ships logs to Kafka (${name})`,
        strength: 'declared',
      },
    ];
  },
}));

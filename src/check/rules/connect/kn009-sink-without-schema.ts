import { calledConnector, classOf, workerOf } from '../../connect.ts';
import type { Rule } from '../../rule.ts';
import { effectiveText, isFalse, ofKind, settingOf, textOf } from '../../settings.ts';

/** Sinks that make tables of records. */
const needing = /^(JdbcSinkConnector|JdbcSink)$/;

export const sinkWithoutSchema: Rule = {
  code: 'KN009',
  title: 'A sink needs a schema that its converter leaves out',
  severity: 'error',
  confidence: 'high',
  across: true,
  story:
    'The task fails at the first record: the sink wants a Struct with a schema, and gets a map or a text. With errors.tolerance=all it goes on, and writes nothing at all.',
  source: 'JsonConverterConfig.SCHEMAS_ENABLE_CONFIG; the documentation of the JDBC sinks',
  noFix: 'what producers write decides which converter is right',
  *check(known) {
    for (const connector of ofKind(known, 'connect-sink')) {
      if (!needing.test(classOf(connector))) continue;
      const isOwn = settingOf(connector, 'value.converter') !== undefined;
      const holder = isOwn ? connector : workerOf(known, connector);
      if (!holder || connector.settings.some(({ key }) => key === 'transforms')) continue;
      const converter = effectiveText(known, holder, 'value.converter') ?? '';
      const schemas = settingOf(holder, 'value.converter.schemas.enable');
      const isPlainText = /\.StringConverter$/.test(converter);
      const isBare = /\.JsonConverter$/.test(converter) && isFalse(textOf(schemas));
      if (!isPlainText && !isBare) continue;
      const at = schemas ?? settingOf(holder, 'value.converter');
      yield {
        at: at?.valueAt ?? connector.at,
        says: `${calledConnector(connector)} gets values without a schema: ${isBare ? 'value.converter.schemas.enable is false' : 'StringConverter makes a text of all'}.`,
        next: 'A converter of a schema registry (Avro, Protobuf, JSON Schema), or JSON with its schema in each record.',
        ...(isOwn ? {} : { also: [{ at: connector.at, says: calledConnector(connector) }] }),
      };
    }
  },
};

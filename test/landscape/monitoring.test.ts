/** What readers of schemas and monitoring see, and exactly where. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProjectFile } from '../../src/files/project-file.ts';
import type { Landscape } from '../../src/landscape/facts/index.ts';
import { readLandscape } from '../../src/landscape/read.ts';

const seen = (path: string, text: string): Promise<Landscape> =>
  readLandscape([new ProjectFile(path, text)], { file: () => undefined }, '4.3');

/** `line:column-endColumn`. */
const where = ({ at }: Landscape['metrics'][number]) => `${at.line}:${at.column}-${at.endColumn}`;

describe('readers of schemas and monitoring', () => {
  it('an alert: its metrics, its name, how long, and the place of its expression', async () => {
    const { metrics, unread } = await seen(
      'rules.yml',
      'groups:\n  - rules:\n      - alert: Lag\n        expr: sum(kafka_lag) / up > 1\n        for: 1h30m\n        annotations: { summary: "{{ $value }}" }\n',
    );
    assert.deepEqual(unread, []);
    assert.deepEqual(
      metrics.map((one) => [one.metric, one.by, one.name, one.forSeconds, where(one)]),
      [
        ['kafka_lag', 'alert', 'Lag', 5_400, '4:15-38'],
        ['up', 'alert', 'Lag', 5_400, '4:15-38'],
      ],
    );
  });

  it('a panel, also in a folded row, with variables of Grafana', async () => {
    const text = `{"panels": [{"type": "row", "panels": [\n{"title": "In", "targets": [{"expr": "rate(kafka_in_total{job=~\\"$job\\"}[$__rate_interval])"}]}]}]}`;
    const { metrics } = await seen('board.json', text);
    assert.deepEqual(
      metrics.map((one) => [one.metric, one.by, one.name]),
      [['kafka_in_total', 'panel', 'In']],
    );
    assert.equal(metrics[0]?.at.line, 2);
  });

  it('the JMX exporter: what can come out, what can not, and what nobody knows', async () => {
    const rules =
      'lowercaseOutputName: true\nrules:\n  - pattern: kafka<type=(.+)><>Count\n    name: kafka_$1_x_total\n';
    const named = (await seen('jmx.yml', rules)).exporters[0]?.exports;
    assert.equal(named?.('kafka_server_x_total'), true);
    assert.equal(named?.('kafka_server_y_total'), false);
    const open = (await seen('jmx.yml', `${rules}  - pattern: .*\n`)).exporters[0]?.exports;
    assert.equal(open?.('kafka_server_y_total'), undefined);
    const config = `kind: ConfigMap\ndata:\n  jmx.yml: |\n${rules.replaceAll(/^/gm, '    ')}\n`;
    assert.equal((await seen('map.yml', config)).exporters.length, 1);
  });

  it('schemas by what is in them, not by their names alone', async () => {
    const count = async (path: string, text: string) => (await seen(path, text)).schemas.length;
    assert.equal(await count('order.avsc', '"string"'), 1);
    assert.equal(await count('request.avsc', '{"schema": "..."}'), 0);
    assert.equal(await count('order.proto', 'message A {}'), 1);
    assert.equal(await count('api.proto', 'message A {}\nservice S {\n}'), 0);
    const dialect = '"$schema": "http://json-schema.org/draft-07/schema#"';
    assert.equal(await count('order.json', `{${dialect}}`), 1);
    assert.equal(await count('several.json', `[{${dialect}}]`), 0);
    assert.equal(await count('package.json', '{"name": "x"}'), 0);
  });

  it('hostile texts are survived, and soon', { timeout: 10_000 }, async () => {
    const long = 300_000;
    for (const [path, text] of [
      ['a.yml', `${'\n'.repeat(long)}alert:`],
      ['a.yml', `groups: ${'['.repeat(5_000)}`],
      ['a.yml', `rules:\n  - pattern: x\n    name: "${'a$1'.repeat(20_000)}"\n`],
      ['a.json', `{"panels": [${'0,'.repeat(long)}0], "expr": 1}`],
      ['a.json', `{"panels": ${'{"panels": '.repeat(10_000)}`],
      ['a.json', '"panels"'.repeat(100_000)],
      ['a.proto', `${' \n'.repeat(long)}message A {`],
      ['a.avsc', '[\0'.repeat(10_000)],
    ] as const) {
      const { exporters } = await seen(path, text);
      for (const { exports } of exporters) exports?.('a'.repeat(5_000));
    }
  });
});

/** Files that were made to break a reader: it answers, soon, and says at most that it can't read them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { literalPart } from '../../src/files/formats/template.ts';
import { landscapeOfTexts } from './facts.ts';

const folder = join(import.meta.dirname, 'kubernetes');
const texts = ['cluster.yaml', 'connect.yaml', 'chart.yaml', 'workloads.yaml'].map((name) =>
  readFileSync(join(folder, name), 'utf8'),
);

async function survives(text: string, name = 'kafka.yaml'): Promise<number> {
  const start = performance.now();
  await landscapeOfTexts({ [name]: text });
  return performance.now() - start;
}

describe('hostile manifests', () => {
  it('are survived when they are cut off or changed anywhere', async () => {
    const change = fc.record({
      text: fc.constantFrom(...texts),
      at: fc.nat(2_000),
      cut: fc.nat(40),
      put: fc.oneof(
        fc.constantFrom(
          '{{',
          '}}',
          '{{- if',
          '{{ end }}',
          '---\n',
          '|',
          '&a ',
          '*a',
          '<<: *a',
          '\t',
        ),
        fc.string({ maxLength: 5 }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ text, at, cut, put }) => {
        await survives(text.slice(0, at) + put + text.slice(at + cut));
        await survives(text.slice(0, at));
      }),
      { numRuns: 150 },
    );
  });

  it('do not explode by aliases, nor overflow by depth', async () => {
    const bomb = Array.from({ length: 12 }, (_, level) =>
      level === 0
        ? 'a0: &a0 { x: 1 }'
        : `a${level}: &a${level} [${Array(9).fill(`*a${level - 1}`)}]`,
    ).join('\n');
    const head = 'apiVersion: kafka.strimzi.io/v1\nkind: Kafka\nmetadata: { name: a }\n';
    assert.ok((await survives(`${head}${bomb}\nspec: { kafka: { config: *a11 } }`)) < 3_000);
    assert.ok((await survives(`${head}spec: &s { kafka: *s, listeners: *s }`)) < 3_000);
    assert.ok((await survives(`${head}spec: ${'{a: '.repeat(5_000)}`)) < 3_000);
    assert.ok((await survives(`${head}spec:\n${'  - '.repeat(20_000)}`)) < 3_000);
  });

  it('take no time for what they are long of', async () => {
    const long = 'x'.repeat(150_000);
    const head = 'apiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\nmetadata:\n  name: ';
    assert.ok((await survives(`${head}${long}\n`)) < 3_000);
    assert.ok((await survives(`${head}a\n# \u0000 ${long}`)) < 3_000);
    assert.ok((await survives('---\nkind: Kafka # kafka.strimzi.io/v1\n'.repeat(10_000))) < 5_000);
  });

  it('are survived as templates that open everything and close nothing', () => {
    for (const part of [
      '{{ if x }}',
      '{{ else }}',
      '{{ end }}',
      '{{',
      '{%',
      '{{/*',
      'kind: {{ if }}\n',
    ]) {
      const start = performance.now();
      const text = part.repeat(Math.ceil(400_000 / part.length));
      const { text: literal } = literalPart(text);
      assert.equal(literal.length, text.length);
      assert.ok(performance.now() - start < 3_000, part);
    }
  });

  it('a template keeps its length and its lines, whatever is in it', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '{%',
      '%}',
      ' if ',
      ' end ',
      ' else ',
      'kind: x',
      '\n',
      ' ',
      'a: "b"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        const { text: literal } = literalPart(text);
        assert.equal(literal.length, text.length);
        assert.equal(literal.split('\n').length, text.split('\n').length);
      }),
    );
  });
});

const all = (name: string) => `"\${${name}[@]}"`;
const scripts = ['topics.sh', 'Dockerfile', 'Makefile', 'compose.yml'].map((name) => ({
  name,
  text: readFileSync(join(import.meta.dirname, 'shell', name), 'utf8'),
}));

describe('hostile scripts', () => {
  it('are survived when they are cut off or changed anywhere', async () => {
    const change = fc.record({
      script: fc.constantFrom(...scripts),
      at: fc.nat(2_000),
      cut: fc.nat(40),
      put: fc.oneof(
        fc.constantFrom('"', "'", '$(', '`', '${', '<<EOF\n', '{', '((', '\\', '\n', '$$', ')'),
        fc.string({ maxLength: 5 }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(change, async ({ script: { name, text }, at, cut, put }) => {
        await survives(text.slice(0, at) + put + text.slice(at + cut), name);
        await survives(text.slice(0, at), name);
      }),
      { numRuns: 200 },
    );
  });

  it('take no time for what they would do, as they are not run', async () => {
    const call = 'kafka-topics --create --topic "$x"';
    const turns = (depth: number): string =>
      depth === 0 ? call : `for i${depth} in ${'a '.repeat(60)}; do\n${turns(depth - 1)}\ndone`;
    const bombs = [
      turns(6),
      `x=a\n${'x=$x$x$x\n'.repeat(5_000)}${call}`,
      `x=(a b)\n${`x=(${all('x')} ${all('x')})\n`.repeat(5_000)}${call}`,
      `f() { f; f; f; ${call}; }\nf`,
      `f() { bash -c "f() { f; }; ${call}"; }\n${'f\n'.repeat(5_000)}`,
      `${Array.from({ length: 20_000 }, (_, index) => `v${index}=a`).join('\n')}\n${`if a; then b=c; fi\n${call}\n`.repeat(3_000)}`,
      `for i in ${'a '.repeat(50)}; do for j in ${'a '.repeat(50)}; do bash -c "${`${call}; `.repeat(5_000).replaceAll('"', '\\"')}"; done; done`,
      `${'while a; do\n'.repeat(3_000)}${call}`,
      `kafka-topics ${'$('.repeat(20_000)}`,
      `kafka-topics ${'"$(bash -c '.repeat(10_000)}`,
      `${'cat <<A\n'.repeat(50_000)}kafka-topics`,
      `curl -d '${'{"connector.class":'.repeat(30_000)}' x/connectors`,
      `${'echo "'.repeat(100_000)}kafka-topics`,
      `kafka-topics ${'--config a=b '.repeat(50_000)}`,
      `kafka-configs --topic a --add-config ${'a=[b,'.repeat(50_000)}`,
      `kafka-topics ${'\\\n'.repeat(100_000)}`,
      '(kafka-topics '.repeat(50_000),
    ];
    for (const bomb of bombs)
      for (const name of ['topics.sh', 'Dockerfile', 'Makefile']) {
        const text =
          name === 'Dockerfile' ? `RUN ${bomb}` : name === 'Makefile' ? `a:\n\t${bomb}` : bomb;
        const time = await survives(text, name);
        assert.ok(time < 3_000, `${name} ${bomb.slice(0, 40)}: ${time} ms`);
      }
  });

  it('are survived within YAML and JSON', async () => {
    const script = '      kafka-topics --create\n'.repeat(5_000);
    assert.ok((await survives(`services:\n  a:\n    command: >\n${script}`)) < 3_000);
    assert.ok((await survives(`services:\n  a:\n    command: |\n${script}`)) < 3_000);
    assert.ok(
      (await survives(`services:\n  a:\n    command: [${'"kafka-topics", '.repeat(5_000)}]`)) <
        3_000,
    );
    assert.ok(
      (await survives(`services:\n  a:\n    command: "kafka-topics${'\\n'.repeat(50_000)}"`)) <
        3_000,
    );
    assert.ok(
      (await survives('[{"config": {"connector.class": "a"}},'.repeat(20_000), 'a.json')) < 3_000,
    );
    assert.ok(
      (await survives(`${'[{"config":'.repeat(20_000)}"connector.class"`, 'a.json')) < 3_000,
    );
  });

  it('a MirrorMaker with clusters without end', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `c${index}`);
    const flows = names.flatMap((one) => names.map((other) => `${one}->${other}.enabled=true\n`));
    const lines = Array.from({ length: 20_000 }, (_, index) => `c0->c1.x${index}=1\n`);
    const text = `clusters=${names.join(',')}\n${flows.join('')}${lines.join('')}`;
    assert.ok((await survives(text, 'mm2.properties')) < 3_000);
  });
});

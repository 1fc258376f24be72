import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import properties from 'dot-properties';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { merge, sameText } from '../../src/project/merge/index.ts';

const clean = (path: string, base: string, theirs: string, ours: string) => {
  const merged = merge(path, base, theirs, ours);
  assert.equal(merged.kind, 'clean', JSON.stringify(merged));
  return merged.kind === 'clean' ? merged.text : '';
};

const conflict = (path: string, base: string, theirs: string, ours: string) => {
  const merged = merge(path, base, theirs, ours);
  assert.equal(merged.kind, 'conflict', JSON.stringify(merged));
  return merged.kind === 'conflict' ? merged : { at: '', marked: '' };
};

describe('text', () => {
  it('takes changes of both sides from different places', () => {
    const base = 'one\ntwo\nthree\nfour\nfive\n';
    const theirs = 'one\nTWO\nthree\nfour\nfive\n';
    const ours = 'one\ntwo\nthree\nfour\nFIVE\n';
    assert.equal(clean('a.txt', base, theirs, ours), 'one\nTWO\nthree\nfour\nFIVE\n');
  });

  it('calls two changes of one line a conflict, and marks both', () => {
    const { at, marked } = conflict('a.sh', 'x\na\ny\n', 'x\nb\ny\n', 'x\nc\ny\n');
    assert.equal(at, 'line 2');
    assert.equal(marked, 'x\n<<<<<<< yours\nb\n=======\nc\n>>>>>>> krafter\ny\n');
  });

  it('keeps CR LF line ends, and takes them for no edit', () => {
    const base = 'a\nb\nc\nd\n';
    assert.ok(sameText('a\r\nb\r\nc\r\nd\r\n', base));
    assert.equal(
      clean('a.txt', base, 'A\r\nb\r\nc\r\nd\r\n', 'a\nb\nc\nD\n'),
      'A\r\nb\r\nc\r\nD\r\n',
    );
  });

  it('keeps a last line that is not ended', () => {
    assert.equal(clean('a.txt', 'a\nb\nc\n', 'a\nb\nc\nmine', 'A\nb\nc\n'), 'A\nb\nc\nmine');
    assert.equal(clean('a.txt', 'a\nb\nc\n', 'a\nb\nc', 'A\nb\nc\n'), 'A\nb\nc');
    assert.equal(clean('a.txt', 'a\nb\nc', 'a\nb\nc', 'a\nb\nc\nd\n'), 'a\nb\nc\nd\n');
  });

  it('merges a file that was empty', () => {
    assert.equal(clean('a.txt', '', 'mine\n', ''), 'mine\n');
    assert.equal(clean('a.txt', 'a\nb\nc\n', '', 'a\nb\nc\n'), '');
  });
});

describe('YAML', () => {
  const base = `# The platform
services:
  kafka:
    image: apache/kafka:4.3.1 # pinned
    ports:
      - "9092:9092"
    mem_limit: 1g
  app:
    image: app:1
`;

  it('merges neighbouring keys on adjacent lines, and keeps comments and order', () => {
    const theirs = base.replace('mem_limit: 1g', 'mem_limit: 4g  # our machines are large');
    const ours = base.replace('- "9092:9092"', '- "9092:9092"\n      - "9093:9093"');
    const expected = ours.replace('mem_limit: 1g', 'mem_limit: 4g  # our machines are large');
    assert.equal(clean('compose.yaml', base, theirs, ours), expected);
  });

  it('merges two new keys at the same place', () => {
    const theirs = base.replace('mem_limit: 1g', 'mem_limit: 1g\n    cpus: 2');
    const ours = base.replace('mem_limit: 1g', 'mem_limit: 1g\n    restart: always');
    const merged = clean('compose.yaml', base, theirs, ours);
    assert.match(merged, /\n {4}cpus: 2\n/);
    assert.match(merged, /\n {4}restart: always\n/);
  });

  it("leaves a person's formatting of other lines alone", () => {
    const spaced = 'a:   1   # one\nb: [ 1,2 ]\nc: 3\n\n\nd: "x"\n';
    const theirs = spaced.replace('c: 3', 'c: 30');
    const ours = spaced.replace('[ 1,2 ]', '[ 1,2,3 ]').replace('"x"', '"y"');
    const merged = clean('a.yaml', spaced, theirs, ours);
    assert.match(merged, /^a: {3}1 {3}# one\n/);
    assert.match(merged, /\nc: 30\n\n\nd: "y"\n$/);
  });

  it('names only the key that both changed, and marks only that', () => {
    const theirs = base.replace('mem_limit: 1g', 'mem_limit: 4g');
    const ours = base
      .replace('mem_limit: 1g', 'mem_limit: 2g')
      .replace('"9092:9092"', '"9094:9094"');
    const { at, marked } = conflict('compose.yaml', base, theirs, ours);
    assert.equal(at, 'services.kafka.mem_limit');
    assert.match(
      marked,
      /"9094:9094"\n<<<<<<< yours\n {4}mem_limit: 4g\n=======\n {4}mem_limit: 2g\n>>>>>>> krafter\n/,
    );
  });

  it('never writes a key twice when both add it in different places', () => {
    const text = 'a: 1\nb: 2\nc: 3\nd: 4\n';
    const merged = merge('a.yaml', text, `new: 5\n${text}`, `${text}new: 5\n`);
    assert.equal(merged.kind, 'clean');
    assert.equal(merged.kind === 'clean' && merged.text.match(/new/g)?.length, 1);
  });

  it("keeps Kafka's largest numbers exact", () => {
    const long = 'a: 1\nmax: 9223372036854775807\nb: 2\n';
    const theirs = long.replace('b: 2', 'b: 3');
    const ours = 'a: 1\nmax: 9223372036854775806\nb: 2\n';
    assert.equal(clean('a.yaml', long, theirs, ours), 'a: 1\nmax: 9223372036854775806\nb: 3\n');
  });

  it('merges each document of a Kubernetes file', () => {
    const k8s = 'kind: A\nsize: 1\nname: x\n---\nkind: B\nsize: 1\nname: y\n';
    const theirs = k8s.replace('size: 1\nname: y', 'size: 9\nname: y');
    const ours = k8s.replace('name: y', 'name: z').replace('size: 1\nname: x', 'size: 2\nname: x');
    assert.equal(
      clean('k.yaml', k8s, theirs, ours),
      'kind: A\nsize: 2\nname: x\n---\nkind: B\nsize: 9\nname: z\n',
    );
  });

  it('merges an item of a list that both changed in different keys', () => {
    const list = 'jobs:\n  - name: kafka\n    port: 1\n    path: /a\n  - name: app\n    port: 2\n';
    const merged = clean(
      'a.yaml',
      list,
      list.replace('port: 1', 'port: 11'),
      list.replace('/a', '/metrics'),
    );
    assert.equal(merged, list.replace('port: 1', 'port: 11').replace('/a', '/metrics'));
  });

  it('falls back to lines when a text repeats a key', () => {
    const twice = 'a: 1\na: 2\nb: 3\nc: 4\nd: 5\n';
    assert.equal(
      clean('a.yaml', 'a: 1\nb: 3\nc: 4\nd: 5\n', twice, 'a: 1\nb: 3\nc: 4\nd: 6\n'),
      twice.replace('d: 5', 'd: 6'),
    );
  });

  it("takes a change of krafter's comment, with a person's change beside it", () => {
    const text = '# old reason\na: 1\nb: 2\nc: 3\n';
    assert.equal(
      clean('a.yaml', text, text.replace('c: 3', 'c: 4'), text.replace('old', 'new')),
      '# new reason\na: 1\nb: 2\nc: 4\n',
    );
  });
});

describe('JSON', () => {
  const base = `${JSON.stringify({ name: 'orders', partitions: 6, config: { 'x.y': 1 } }, null, 2)}\n`;

  it('merges neighbouring keys, in the indentation that the person chose', () => {
    const tabs = base.replaceAll('  ', '\t');
    const theirs = tabs.replace('"partitions": 6', '"partitions": 12');
    const ours = tabs.replace('"orders"', '"order-events"');
    assert.equal(clean('a.json', tabs, theirs, ours), theirs.replace('"orders"', '"order-events"'));
  });

  it('adds a last key after a last key, with the comma', () => {
    const theirs = base.replace('"x.y": 1', '"x.y": 1,\n    "mine": 2');
    const ours = base.replace('"x.y": 1', '"x.y": 1,\n    "theirs": 3');
    const merged = JSON.parse(clean('a.json', base, theirs, ours));
    assert.deepEqual(merged.config, { 'x.y': 1, mine: 2, theirs: 3 });
  });

  it('names the key that both changed', () => {
    const { at } = conflict(
      'a.json',
      base,
      base.replace('6', '12'),
      base.replace('6', '24').replace('1', '2'),
    );
    assert.equal(at, 'partitions');
  });

  it('keeps numbers as they are written', () => {
    const text = '{\n  "a": 1.0,\n  "b": 9223372036854775807,\n  "c": 1e3\n}\n';
    const merged = clean('a.json', text, text.replace('1.0', '2.0'), text.replace('7,', '6,'));
    assert.equal(merged, '{\n  "a": 2.0,\n  "b": 9223372036854775806,\n  "c": 1e3\n}\n');
  });
});

describe('properties', () => {
  const base = '# Broker 1\nnode.id=1\n\n# Dirty leaders lose records\nunclean=false\nacks=all\n';

  it('merges neighbouring keys on adjacent lines', () => {
    const theirs = base.replace('acks=all', 'acks=all\nlinger.ms=5');
    const ours = base.replace('acks=all', 'acks=-1');
    assert.equal(
      clean('a.properties', base, theirs, ours),
      base.replace('acks=all', 'acks=-1\nlinger.ms=5'),
    );
  });

  it('keeps a value that goes over several lines', () => {
    const long = 'a=1\nsuper.users=User:a;\\\n  User:b\nz=1\n';
    const theirs = long.replace('a=1', 'a=2');
    const ours = long.replace('User:b', 'User:c');
    assert.equal(clean('a.properties', long, theirs, ours), ours.replace('a=1', 'a=2'));
  });

  it('brings a new setting with its comment', () => {
    const theirs = base.replace('unclean=false', 'unclean=true');
    const ours = base.replace('acks=all', '# Wait for all\nmin.insync=2\nacks=all');
    assert.equal(
      clean('a.properties', base, theirs, ours),
      ours.replace('unclean=false', 'unclean=true'),
    );
  });

  it('removes a setting with its comment, and keeps what the person wrote above it', () => {
    const theirs = base.replace('# Dirty', '# Ask Ana first\n# Dirty');
    const ours = base.replace('\n# Dirty leaders lose records\nunclean=false', '');
    const merged = clean('a.properties', base, theirs, ours);
    assert.match(merged, /# Ask Ana first\n/);
    assert.doesNotMatch(merged, /unclean/);
  });

  it('names the key that both changed', () => {
    const { at } = conflict(
      'a.properties',
      base,
      base.replace('acks=all', 'acks=1'),
      base.replace('acks=all', 'acks=0'),
    );
    assert.equal(at, 'acks');
  });
});

describe('changes of different keys', () => {
  type Tree = { [key: string]: string | number | Tree };
  const names = fc.constantFrom('a', 'b', 'c', 'd', 'image', 'ports', '9', 'x-y', 'constructor');
  const leaf = fc.oneof(fc.integer(), fc.constantFrom('text', 'with: colon', '# no comment', 'on'));
  const { tree } = fc.letrec<{ tree: Tree; value: Tree[string] }>((tie) => ({
    tree: fc.dictionary(names, tie('value'), { minKeys: 1, maxKeys: 5 }),
    value: fc.oneof({ maxDepth: 2, depthSize: 'small' }, leaf, tie('tree')),
  }));
  const leaves = (tree: Tree, at: string[] = []): string[][] =>
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'object' ? leaves(value, [...at, key]) : [[...at, key]],
    );
  const withLeaf = (tree: Tree, [key = '', ...rest]: string[], value: string): Tree => ({
    ...tree,
    [key]: rest.length > 0 ? withLeaf(tree[key] as Tree, rest, value) : value,
  });
  const flat = (tree: Tree) =>
    Object.fromEntries(
      leaves(tree).map((path) => [
        path.join('.'),
        String(path.reduce<unknown>((at, key) => (at as Tree)[key], tree)),
      ]),
    );
  const formats: [string, (tree: Tree) => string, (text: string) => unknown][] = [
    ['a.yaml', (tree) => stringify(tree), (text) => parse(text)],
    ['a.json', (tree) => `${JSON.stringify(tree, null, 2)}\n`, (text) => JSON.parse(text)],
    [
      'a.properties',
      (tree) => properties.stringify(flat(tree), { lineWidth: null }),
      (text) => properties.parse(text),
    ],
  ];

  for (const [path, write, read] of formats)
    it(`always merge in ${path}, with both in the result`, () => {
      fc.assert(
        fc.property(tree, fc.nat(), fc.nat(), (base, first, second) => {
          const places = leaves(base);
          const mine = places[first % places.length];
          const krafters = places[second % places.length];
          fc.pre(mine !== undefined && krafters !== undefined && mine !== krafters);
          const theirs = withLeaf(base, mine, 'mine');
          const ours = withLeaf(base, krafters, "krafter's");
          const both = withLeaf(theirs, krafters, "krafter's");
          const merged = clean(path, write(base), write(theirs), write(ours));
          assert.deepEqual(read(merged), read(write(both)));
        }),
        { numRuns: 500 },
      );
    });
});

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { infer } from '../../../src/answers/inference/index.ts';

const manifest = '[project]\nname = "a"\ndependencies = ["confluent-kafka"]\n';

type Files = Readonly<Record<string, string | Buffer>>;

/** Runs `body` with a folder that holds these files. */
async function withFolder(files: Files, body: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'krafter-inference-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const places = async (folder: string) =>
  (await infer(folder)).findings.map(({ file, line }) => `${file}:${line}`);

for (const path of [
  'node_modules/a/pyproject.toml',
  '.venv/a/pyproject.toml',
  '.git/pyproject.toml',
  'target/pyproject.toml',
  'app/build/pyproject.toml',
  'dist/pyproject.toml',
  '__pycache__/pyproject.toml',
  'vendor/a/pyproject.toml',
  'tests/pyproject.toml',
  'docs/pyproject.toml',
  'examples/a/pyproject.toml',
  'a/b/c/d/e/f/g/pyproject.toml',
]) {
  test(`${path} is left out`, () =>
    withFolder({ [path]: manifest }, async (folder) => assert.deepEqual(await places(folder), [])));
}

test('six levels down is still looked at', () =>
  withFolder({ 'a/b/c/d/e/f/pyproject.toml': manifest }, async (folder) => {
    assert.ok((await places(folder)).includes('a/b/c/d/e/f/pyproject.toml:3'));
  }));

test("Java's package folders are not counted, and com.example is no sample", () => {
  const path = 'services/orders/src/main/java/com/example/build/orders/Orders.java';
  const code = 'import org.springframework.kafka.core.KafkaTemplate;\n';
  return withFolder({ [path]: code }, async (folder) => {
    assert.ok((await places(folder)).includes(`${path}:1`));
  });
});

test('a virtual environment and a project of krafter inside are left out', () =>
  withFolder(
    {
      'myenv/pyvenv.cfg': '',
      'myenv/lib/pyproject.toml': manifest,
      'platform/krafter.yaml': '',
      'platform/app/pyproject.toml': manifest,
    },
    async (folder) => assert.deepEqual(await places(folder), []),
  ));

test('links are not followed', () =>
  withFolder({ 'real/pyproject.toml': manifest }, async (folder) => {
    symlinkSync('.', join(folder, 'loop'));
    symlinkSync('real', join(folder, 'again'));
    symlinkSync('real/pyproject.toml', join(folder, 'pyproject.toml'));
    const found = await places(folder);
    assert.ok(found.length > 0);
    assert.deepEqual(
      found.filter((place) => !place.startsWith('real/')),
      [],
    );
  }));

test('a pipe with the name of a manifest does not hang', { timeout: 5_000 }, () =>
  withFolder({}, async (folder) => {
    execFileSync('mkfifo', [join(folder, 'pyproject.toml')]);
    assert.deepEqual(await places(folder), []);
  }),
);

test('a file above one megabyte is noted, a binary one passed over', () =>
  withFolder(
    {
      'package.json': `{"dependencies":{"kafkajs":"2"},"x":"${'x'.repeat(1_000_000)}"}`,
      'go.mod': Buffer.from('module a\0\n'),
    },
    async (folder) => {
      const { findings, notes } = await infer(folder);
      assert.deepEqual(findings, []);
      assert.deepEqual(notes, [{ file: 'package.json', says: 'larger than 1 MB' }]);
    },
  ));

test('a file that can not be opened is noted', () => {
  // Not by its mode: the tests may run as root. A name that is not UTF-8 is not found again.
  const name = Buffer.from('compose-\xff.yaml', 'latin1');
  return withFolder({}, async (folder) => {
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), name]), 'services:\n');
    const { notes } = await infer(folder);
    assert.deepEqual(
      notes.map(({ says }) => says),
      ["can't be read (ENOENT)"],
    );
  });
});

test('hostile names and values are made printable', () =>
  withFolder(
    {
      'a\u001b[2J\nPython: x\u202e/requirements.txt':
        'confluent-kafka # \u001b]0;title\u0007\u202e\n',
      'compose.yaml': 'services:\n  a:\n    image: apache/kafka # password: hunter2\n',
    },
    async (folder) => {
      const { findings } = await infer(folder);
      assert.equal(
        findings.find(({ answer }) => answer === 'client')?.file,
        'a\\u{1b}[2J\\u{a}Python: x\\u{202e}/requirements.txt',
      );
      const shown = JSON.stringify(findings.map(({ file, excerpt, why }) => [file, excerpt, why]));
      assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}]|\\u00|\\n|hunter2/u);
    },
  ));

test('alias bombs, by lists and by merges, are survived', { timeout: 10_000 }, () => {
  const levels = (one: (anchor: string) => string) =>
    [...'bcdefghijklmnop']
      .map((name, index) => `  ${name}: &${name} ${one('abcdefghijklmno'[index] ?? '')}\n`)
      .join('');
  const lists = levels((anchor) => `[${Array(9).fill(`*${anchor}`).join(', ')}]`);
  const merges = levels((anchor) => `{<<: [${Array(9).fill(`*${anchor}`).join(', ')}]}`);
  return withFolder(
    {
      'compose.yaml': `services:\n  kafka: &a {image: apache/kafka}\n${merges}`,
      'application.yml': `kafka:\n  a: &a [kafka]\n${lists}  self: &self {again: *self}\n`,
    },
    async (folder) => {
      assert.ok((await places(folder)).includes('compose.yaml:2'));
    },
  );
});

const megabyte = (text: string) => text.repeat(Math.floor(990_000 / text.length));

for (const [path, content] of Object.entries({
  'compose.yaml': `services: ${'['.repeat(199_000)}`,
  'pom.xml': `<project><dependencies>${'<dependency><a></a></dependency>'.repeat(6_000)}</dependencies></project>`,
  'pyproject.toml': `[project]\ndependencies = [${'"confluent-kafka",'.repeat(11_000)}]`,
  'package.json': megabyte('{"a":'),
  'requirements.txt': megabyte('a['),
  'a.py': `import confluent_kafka\n${megabyte(`'''"`)}`,
  'b.py': `kafka${megabyte('\n')}`,
  'a.java': `import org.apache.kafka.A;\n${megabyte('@KafkaListener(a="b",')}`,
  'a.js': `from 'kafkajs'\n${megabyte('`\\`')}`,
  'a.go': `kafka${megabyte('\n')}`,
  'build.gradle': megabyte('implementation '),
  'a.proto': `message ${megabyte('service a\n\n\n')}`,
  'server.properties': `broker.id=1\n${megabyte('listeners=SSL://,')}`,
  'many.yaml': megabyte('---\napiVersion: v1\nkind: Deployment\n'),
})) {
  // A pattern that backtracks over a megabyte would take hours of the processor, not seconds.
  test(`a hostile ${path} is no trap`, () =>
    withFolder({ [path]: content }, async (folder) => {
      const start = process.cpuUsage();
      await infer(folder);
      const { user, system } = process.cpuUsage(start);
      assert.ok(user + system < 10e6, `${(user + system) / 1e6} s of the processor`);
    }));
}

test('a folder without end is cut off with a note', () => {
  const files = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [`d${index}/a.txt`, ''] as const),
  );
  return withFolder(files, async (folder) => {
    const { notes } = await infer(folder, -1);
    assert.match(notes[0]?.says ?? '', /is left out$/);
  });
});

test('five thousand files are read to the last, time and again', async () => {
  const service = (index: number): Files => ({
    [`services/s${index}/package.json`]: '{"dependencies":{"kafkajs":"2"}}',
    [`services/s${index}/deploy/app.yaml`]:
      'apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n        - image: a/b\n',
    ...Object.fromEntries(
      Array.from({ length: 48 }, (_, file) => [
        `services/s${index}/src/m${file % 4}/f${file}.js`,
        `// kafka\n${'const value = compute("text", 42); // and so on\n'.repeat(60)}`,
      ]),
    ),
  });
  const files = Object.assign({}, ...Array.from({ length: 100 }, (_, index) => service(index)));
  await withFolder(files, async (folder) => {
    for (let run = 0; run < 3; run++) {
      const { chosen, notes } = await infer(folder, 60_000);
      assert.equal(chosen.client?.value, 'kafkajs');
      assert.deepEqual(notes, []);
    }
  });
});

test('an empty or missing folder is answered without any parser', () =>
  withFolder({}, async (folder) => {
    const index = new URL('../../../src/answers/inference/index.ts', import.meta.url);
    const script = `
      import { registerHooks } from 'node:module';
      const loaded = [];
      registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
      const { infer } = await import(${JSON.stringify(index.href)});
      for (const folder of ${JSON.stringify([folder, join(folder, 'missing')])}) {
        const { findings, notes } = await infer(folder);
        if (findings.length + notes.length > 0) throw new Error('something from nothing');
      }
      console.log(JSON.stringify(loaded));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    assert.equal(stderr, '');
    const loaded = JSON.parse(stdout) as string[];
    assert.ok(loaded.length > 10);
    assert.deepEqual(
      loaded.filter((url) => url.includes('node_modules')),
      [],
    );
  }));

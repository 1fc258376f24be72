import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { infer } from '../../../src/answers/inference/index.ts';
import { told } from '../../../src/answers/inference/report.ts';
import { expected } from './expected.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/inference');
const inferred = (fixture: string) => infer(join(fixtures, fixture));

for (const { fixture, about, findings } of expected) {
  test(`${fixture}: ${about}`, async () => {
    const actual = await inferred(fixture);
    assert.deepEqual(
      actual.findings.map(({ answer, value, strength, file, line, excerpt }) => [
        `${answer} ${value}`,
        strength,
        `${file}:${line}`,
        excerpt,
      ]),
      findings,
    );
  });
}

test('every fixture has its expectation', () => {
  assert.deepEqual(
    expected.map(({ fixture }) => fixture),
    readdirSync(fixtures).sort(),
  );
});

test('an excerpt is what stands on the line', async () => {
  for (const { fixture, findings } of expected) {
    for (const [, , place, excerpt] of findings) {
      const [file = '', line] = place.split(':');
      const lines = readFileSync(join(fixtures, fixture, file), 'utf8').split('\n');
      assert.equal(lines[Number(line) - 1]?.trim().slice(0, 100), excerpt.slice(0, 100), place);
    }
  }
});

/** What a person is told about the fixture's language and client. */
async function saysOf(fixture: string, answer: string) {
  const { chosen } = await inferred(fixture);
  const one = told(chosen).find((line) => line.answer === answer);
  return one && { says: one.says, where: one.where, reason: one.reason };
}

test('a client is told with its language and its line', async () => {
  assert.deepEqual(await saysOf('node-platformatic', 'client'), {
    says: 'Node.js, @platformatic/kafka',
    where: 'package.json:4',
    reason: undefined,
  });
});

test('of two languages with Kafka, the one in more files is taken', async () => {
  assert.deepEqual(await saysOf('two-languages', 'client'), {
    says: 'Python, confluent-kafka',
    where: 'api/requirements.txt:1',
    reason: 'Python (3 files) rather than Node.js (1 file): it shows in more files',
  });
});

test('a dependency is taken rather than a development dependency', async () => {
  assert.deepEqual(await saysOf('python-poetry', 'client'), {
    says: 'Python, aiokafka',
    where: 'pyproject.toml:10',
    reason:
      'aiokafka (2 files) rather than confluent-kafka (1 file): for confluent-kafka there is only pyproject.toml:15, which depends on confluent-kafka, for development only',
  });
});

test('Grafana is taken rather than the Prometheus that it draws', async () => {
  assert.deepEqual(await saysOf('compose-secured', 'monitoring'), {
    says: 'monitoring grafana',
    where: 'compose.yaml:39',
    reason: 'grafana (1 file) rather than prometheus (1 file): the more demanding one is taken',
  });
});

test('services with a Kafka client each are microservices', async () => {
  assert.deepEqual(await saysOf('monorepo', 'useCase'), {
    says: 'Microservices messaging',
    where: 'docker-compose.yml:11',
    reason: undefined,
  });
});

test('a language without Kafka is told alone', async () => {
  assert.deepEqual(await saysOf('go-indirect', 'language'), {
    says: 'Go',
    where: 'go.mod:1',
    reason: undefined,
  });
});

test('PLAINTEXT on a laptop talks nobody into a platform without security', async () => {
  for (const fixture of ['monorepo', 'bare-metal']) {
    const { chosen } = await inferred(fixture);
    assert.equal(chosen.security, undefined, fixture);
  }
});

test('broken files are noted with what is wrong', async () => {
  const { notes } = await inferred('broken-files');
  assert.deepEqual(notes, [
    { file: 'docker-compose.yml', says: 'not valid YAML at line 4 (bad_indent)' },
    { file: 'package.json', says: 'not valid JSON' },
    { file: 'pom.xml', says: 'not valid XML' },
    { file: 'pyproject.toml', says: 'not valid TOML at line 3' },
  ]);
});

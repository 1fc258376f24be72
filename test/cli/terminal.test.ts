/** In a terminal: what is asked, how it is answered, and how it is left. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { krafter, scratch } from './session.ts';
import { inTerminal } from './terminal.ts';

const down = '\u001b[B';
const up = '\u001b[A';
const enter = '\r';
const ctrlC = '\u0003';

const blueprint = (project: string) => readFileSync(join(project, 'krafter.yaml'), 'utf8');

describe('krafter new in a terminal', () => {
  it('asks three questions, and takes the defaults by Enter', async (t) => {
    const project = join(scratch(t), 'shop');
    const { code, screen } = await inTerminal(
      ['new', project],
      [
        ['What is it for?', enter],
        ['What will it carry?', enter],
        ['Which language', enter],
      ],
    );
    assert.equal(code, 0, screen);
    assert.match(
      blueprint(project),
      /^tier: 1\n[\s\S]*^useCase: streaming\n[\s\S]*^language: python$/m,
    );
  });

  it('takes other answers by the arrow keys', async (t) => {
    const project = join(scratch(t), 'shop');
    const { code, screen } = await inTerminal(
      ['new', project],
      [
        ['What is it for?', down + enter],
        ['What will it carry?', down + down + down + up + enter],
        ['Which language', down + enter],
      ],
    );
    assert.equal(code, 0, screen);
    assert.match(blueprint(project), /^tier: 2\n[\s\S]*^useCase: cdc\n/m);
    assert.doesNotMatch(blueprint(project), /^language: python$/m);
  });

  it('asks only what no flag has answered', async (t) => {
    const project = join(scratch(t), 'shop');
    const { code, screen } = await inTerminal(
      ['new', project, '--tier', '2', '--lang', 'node'],
      [['What will it carry?', enter]],
    );
    assert.equal(code, 0, screen);
    assert.doesNotMatch(screen, /What is it for|Which language/);
  });

  it('asks nothing with --yes', async (t) => {
    const project = join(scratch(t), 'shop');
    const { code, screen } = await inTerminal(['new', project, '--yes'], []);
    assert.equal(code, 0, screen);
    assert.doesNotMatch(screen, /\?/);
  });

  for (const [question, keys] of [
    ['What is it for?', []],
    ['What will it carry?', [['What is it for?', enter]]],
  ] as const) {
    it(`is left by Ctrl-C at "${question}", and nothing is written`, async (t) => {
      const project = join(scratch(t), 'shop');
      const { code, screen } = await inTerminal(['new', project], [...keys, [question, ctrlC]]);
      assert.equal(code, 130, screen);
      assert.match(screen, /nothing was written/);
      assert.ok(!existsSync(project));
    });
  }

  it('draws nothing wider than 80 columns', async (t) => {
    const { screen } = await inTerminal(
      ['new', join(scratch(t), 'shop')],
      [
        ['What is it for?', enter],
        ['What will it carry?', enter],
        ['Which language', enter],
      ],
    );
    const wide = screen.split('\n').filter((line) => line.trimEnd().length > 80);
    assert.deepEqual(wide, []);
  });
});

describe('krafter new --help', () => {
  it('fits a screen, and tells what each answer is without its flag', async () => {
    const { code, out } = await krafter(['new', '--help']);
    assert.equal(code, 0);
    const lines = out.trimEnd().split('\n');
    assert.ok(lines.length <= 40, `${lines.length} lines`);
    for (const line of lines) assert.ok(line.length <= 80, line);
    const answers = out.split(/^Answers:|^Options:/m)[1]?.split(/\n(?= {2}--)/) ?? [];
    assert.deepEqual(
      answers.slice(1).filter((answer) => !/\[[^\]]+\]\s*$/.test(answer)),
      [],
    );
  });
});

describe('colours', () => {
  const refused = ['new', '--tier', '9'];
  it('are there in a terminal', async () => {
    const { raw } = await inTerminal(refused, []);
    assert.notEqual(stripVTControlCharacters(raw), raw);
  });

  it('are not there with NO_COLOR', async () => {
    const { raw } = await inTerminal(refused, [], { NO_COLOR: '1' });
    assert.equal(stripVTControlCharacters(raw), raw);
  });

  it('are not there in a pipe', async () => {
    const { err } = await krafter(refused);
    assert.equal(stripVTControlCharacters(err), err);
  });
});

describe('krafter down --volumes in a terminal', () => {
  it('asks, and forgets nothing unless the answer is yes', async (t) => {
    const project = join(scratch(t), 'shop');
    assert.equal((await krafter(['new', project, '--yes'])).code, 0);
    const { code, screen } = await inTerminal(
      ['down', project, '--volumes'],
      [['Forget all records', enter]],
    );
    assert.equal(code, 2, screen);
    assert.match(screen, /nothing forgotten/);
  });
});

import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { type Excerpt, excerptOfScalar } from '../../src/files/formats/excerpt.ts';
import { yamlDocuments } from '../../src/files/formats/yaml.ts';
import { ProjectFile } from '../../src/files/project-file.ts';

const line = fc
  .array(fc.constantFrom('kafka-topics', '--create', 'a', '\\', '"x y"', "'z'", '#', '|'), {
    minLength: 1,
    maxLength: 6,
  })
  .map((words) => words.join(' '));
const lines = fc.array(
  fc.oneof(
    line,
    fc.constant(''),
    line.map((text) => `  ${text}`),
  ),
  {
    minLength: 1,
    maxLength: 8,
  },
);

const indented = (text: readonly string[], by: string) =>
  text.map((one) => (one === '' ? '' : by + one)).join('\n');

const forms: readonly (readonly [string, (text: readonly string[]) => string])[] = [
  ['|', (text) => `run: |\n${indented(['first', ...text], '    ')}\n`],
  ['|-', (text) => `run: |-\n${indented(['first', ...text], '  ')}\n`],
  ['>', (text) => `run: >\n${indented(['first', ...text], '    ')}\n`],
  ['plain', (text) => `run: first ${text.join(' ').replaceAll(/[#|"'\\]/g, '')}\n`],
  ['single', (text) => `run: 'first ${text.join(' ').replaceAll("'", '')}'\n`],
];

/** Letters that the file has not where the excerpt says. */
const misplaced = ({ text, place }: Excerpt, file: ProjectFile): number[] =>
  Array.from(text.matchAll(/\S/g), ({ index }) => index).filter((index) => {
    const { line, column } = place(index, index + 1);
    return file.text[file.offset(line, column) ?? -1] !== text[index];
  });

for (const [form, write] of forms)
  it(`a scalar of YAML keeps the place of each of its letters: ${form}`, async () => {
    await fc.assert(
      fc.asyncProperty(lines, async (text) => {
        const file = new ProjectFile('ci.yml', write(text));
        const [root] = await yamlDocuments(file, /./);
        const node = root?.get('run');
        const excerpt = node && excerptOfScalar(node, file);
        assert.equal(excerpt?.text.trimEnd(), node?.text?.trimEnd());
        assert.deepEqual(excerpt ? misplaced(excerpt, file) : undefined, [], file.text);
      }),
      { numRuns: 300 },
    );
  });

/** Scripts and commands in YAML: pipelines of CI, services of Compose, containers of Kubernetes. */

import { folderOf } from '../../../files/folder.ts';
import {
  type Excerpt,
  excerptOf,
  excerptOfScalar,
  type Piece,
} from '../../../files/formats/excerpt.ts';
import { isTemplate, literalPart } from '../../../files/formats/template.ts';
import { type YamlNode, yamlDocuments } from '../../../files/formats/yaml.ts';
import { type Project, ProjectFile } from '../../../files/project-file.ts';
import { environmentFile } from '../compose/variables.ts';
import type { Reader } from '../reader.ts';
import { valueIn } from '../value.ts';
import { factsOf } from './facts.ts';
import { openShell, type Shell } from './interpret.ts';
import { mentionsTools } from './names.ts';
import { Scope } from './scope.ts';
import { type ToolCall, toolCalls, toolCallsOf } from './tools.ts';
import { plainWord } from './words.ts';

const pipelines =
  /(^|\/)(\.github\/.*|action|\.gitlab-ci|\.gitlab\/.*|\.circleci\/.*|azure-pipelines.*|bitbucket-pipelines)\.ya?ml$/;

/** Keys whose texts CI runs. */
const scripts = new Set(['run', 'script', 'before_script', 'after_script', 'bash', 'command']);

export const yamlScripts: Reader = {
  files: /\.ya?ml$/i,
  mentions: mentionsTools,
  async read(file, project) {
    const isPipeline = pipelines.test(file.path);
    const { text } = !isPipeline && isTemplate(file.text) ? literalPart(file.text) : file;
    const source = new ProjectFile(file.path, text);
    const shell = await openShell();
    const calls: ToolCall[] = [];
    for (const root of await documentsOf(source)) {
      const within = { shell, source, scope: scopeOf(root, file, project) };
      const isCompose = root.get('services') !== undefined;
      for (const map of mapsIn(root))
        calls.push(...(isPipeline ? stepsIn(map, within) : commandsIn(map, isCompose, within)));
    }
    return factsOf(calls);
  },
};

/** What is wrong with a file is told by those who read it for what it is. */
const documentsOf = (source: ProjectFile): Promise<YamlNode[]> =>
  yamlDocuments(source, mentionsTools, 'are-text').catch(() => []);

type Within = { readonly shell: Shell; readonly source: ProjectFile; readonly scope: Scope };

/** Compose fills in what `.env` beside it has. */
function scopeOf(root: YamlNode, file: ProjectFile, project: Project): Scope {
  const env = root.get('services') && project.file(`${folderOf(file.path)}.env`);
  const known = new Map(env ? environmentFile(env).map(({ name, text }) => [name, text]) : []);
  return new Scope((name) => {
    const text = known.get(name);
    return text === undefined ? undefined : { known: text, from: '.env' };
  });
}

const mostNodes = 10_000;
const deepest = 20;

function mapsIn(root: YamlNode): YamlNode[] {
  const found: YamlNode[] = [];
  let left = mostNodes;
  const visit = (node: YamlNode, depth: number) => {
    if (depth > deepest || left-- <= 0) return;
    const entries = node.entries();
    if (entries.length > 0) found.push(node);
    for (const [, child] of entries) visit(child, depth + 1);
    for (const child of node.items()) visit(child, depth + 1);
  };
  visit(root, 0);
  return found;
}

function stepsIn(map: YamlNode, within: Within): ToolCall[] {
  return map.entries().flatMap(([key, node]) => {
    if (!scripts.has(key)) return [];
    const texts = node.text === undefined ? node.items() : [node];
    return texts.flatMap((one) => scriptCalls(one, within));
  });
}

function scriptCalls(node: YamlNode, { shell, source, scope }: Within): ToolCall[] {
  const excerpt = excerptOfScalar(node, source);
  return excerpt ? toolCalls(shell, forShell(excerpt), scope.copy()) : [];
}

/** `entrypoint` and `command`, or `command` and `args`; a health check; a script in a ConfigMap. */
function commandsIn(map: YamlNode, isCompose: boolean, within: Within): ToolCall[] {
  const [first, second] = isCompose ? ['entrypoint', 'command'] : ['command', 'args'];
  const [head, tail] = [map.get(first), map.get(second)];
  const test = isCompose ? map.get('healthcheck', 'test') : undefined;
  const kept = map.entries().flatMap(([key, node]) => (/\.sh$/.test(key) ? [node] : []));
  return [
    ...listCalls([head, tail], within),
    ...(test ? testCalls(test, within) : []),
    ...kept.flatMap((node) => scriptCalls(node, within)),
  ];
}

function testCalls(test: YamlNode, within: Within): ToolCall[] {
  const [kind, ...rest] = test.items();
  if (kind?.text === 'CMD-SHELL') return rest.flatMap((node) => scriptCalls(node, within));
  return kind ? wordCalls(rest, within) : scriptCalls(test, within);
}

/** A list is words; a text is split by Compose as a shell does, and so is read as a script. */
function listCalls(nodes: readonly (YamlNode | undefined)[], within: Within): ToolCall[] {
  const items = nodes.flatMap((node) => {
    if (!node) return [];
    return node.text === undefined ? node.items() : [node];
  });
  const [last] = nodes.slice(-1);
  const texts = items.map(({ text = '' }) => text);
  const isText = last?.text !== undefined;
  // `entrypoint: [sh, -c]` and a text in quotes: the text is the script.
  if (isText && items.length > 1 && /^-\w*c$/.test(texts.at(-2) ?? ''))
    return items.slice(-1).flatMap((node) => quotedCalls(node, within));
  if (items.length === 1 && isText) return items.flatMap((node) => scriptCalls(node, within));
  return wordCalls(items, within);
}

function quotedCalls(node: YamlNode, within: Within): ToolCall[] {
  const excerpt = excerptOfScalar(node, within.source);
  if (!excerpt) return [];
  const [, lead = '', quote] = /^(\s*)(["']?)/.exec(excerpt.text) ?? [];
  const end = quote ? excerpt.text.lastIndexOf(quote) : excerpt.text.length;
  const start = lead.length + (quote?.length ?? 0);
  const inner = excerptOf(excerpt, [{ text: excerpt.text.slice(start, end), offset: start }]);
  return toolCalls(within.shell, forShell(inner), within.scope.copy());
}

function wordCalls(nodes: readonly YamlNode[], { shell, source, scope }: Within): ToolCall[] {
  const words = nodes.flatMap((node) => {
    const excerpt = excerptOfScalar(node, source);
    if (!excerpt) return [];
    const own = forShell(excerpt);
    return [plainWord(own, valueIn(own.text))];
  });
  return toolCallsOf(shell, words, scope);
}

/** `$$` of Compose is `$`; `${{ … }}` of GitHub is a variable that nobody knows. */
function forShell(excerpt: Excerpt): Excerpt {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: sign, index } of excerpt.text.matchAll(/\$\$(?=[\w({])|\$\{\{[^}]*\}\}/g)) {
    pieces.push({ text: excerpt.text.slice(from, index), offset: from });
    const text = sign === '$$' ? '$' : `\${${'_'.repeat(sign.length - 3)}}`;
    pieces.push({ text, offset: index });
    from = index + sign.length;
  }
  return from === 0
    ? excerpt
    : excerptOf(excerpt, [...pieces, { text: excerpt.text.slice(from), offset: from }]);
}

/**
 * What a script would run, without running it: each simple command with its words, variables of the
 * same file filled in. Where a script may take several ways, what they differ in is not known.
 */
import type { Command, HereDoc, parse as Parse, Redirection, SyntaxNode } from 'unbash';
import { type Excerpt, excerptOf } from '../../../files/formats/excerpt.ts';
import type { Place } from '../../../files/place.ts';
import type { Value } from '../../facts/configuration.ts';
import { textOfWord } from './expansion.ts';
import type { Body, Held, Scope } from './scope.ts';
import { type Word, wordsOf } from './words.ts';

export type Call = {
  readonly words: readonly Word[];
  readonly at: Place;
  /** A here-document, or here-string, that it reads. */
  readonly input?: Excerpt & { readonly expands: boolean };
  /** What holds when it is called. */
  readonly scope: Scope;
};

/** A program that takes a script. */
export const isShell = /(^|\/)(ba|da|z|k|a)?sh$/;

/** Of a file, with all scripts within scripts. */
const mostSteps = 20_000;
const mostCharacters = 1_100_000;
const mostTurns = 50;
const mostElements = 200;
const mostWords = 1_000;
const deepestCall = 6;

export type Shell = {
  /** The calls of a script, in their order; a loop's and a function's as often as they are made. */
  readonly calls: (excerpt: Excerpt, scope: Scope) => readonly Call[];
};

/** The parser is loaded when the first script is there. */
export async function openShell(): Promise<Shell> {
  const { parse, forEachChild } = await import('unbash');
  const left: Left = { steps: mostSteps, characters: mostCharacters };
  return {
    calls(excerpt, scope) {
      left.characters -= excerpt.text.length;
      return left.characters < 0
        ? []
        : new Interpreter(parse, forEachChild, excerpt, left).run(scope);
    },
  };
}

type Left = { steps: number; characters: number };

type ForEachChild = (node: SyntaxNode, callback: (child: SyntaxNode) => void) => void;

class Interpreter {
  readonly #parse: typeof Parse;
  readonly #forEachChild: ForEachChild;
  readonly #excerpt: Excerpt;
  readonly #calls: Call[] = [];
  readonly #called = new Set<Body>();
  #piped: Call['input'];
  readonly #left: Left;

  constructor(parse: typeof Parse, forEachChild: ForEachChild, excerpt: Excerpt, left: Left) {
    this.#left = left;
    this.#parse = parse;
    this.#forEachChild = forEachChild;
    this.#excerpt = excerpt;
  }

  run(scope: Scope): readonly Call[] {
    this.#walk(this.#parse(this.#excerpt.text), scope, 0);
    // A function that nobody calls here is called from elsewhere.
    for (const body of scope.functions.values())
      if (!this.#called.has(body)) this.#walk(body, scope.copy([]), 1);
    return this.#calls;
  }

  #walk(node: SyntaxNode, scope: Scope, depth: number): void {
    if (this.#left.steps-- <= 0) return;
    switch (node.type) {
      case 'Command':
        this.#command(node, scope, depth);
        break;
      case 'Function':
        scope.functions.set(node.name.value, node.body as Body);
        break;
      case 'For':
        this.#loop(node, scope, depth);
        break;
      case 'While':
        this.#forget(node.body, scope);
        this.#walk(node.clause, scope, depth);
        this.#walk(node.body, scope, depth);
        break;
      case 'If': {
        this.#walk(node.clause, scope, depth);
        for (const { clause } of node.elif) this.#walk(clause, scope, depth);
        const bodies = [node.then, ...node.elif.map(({ then }) => then)];
        this.#ways([...bodies, node.else], scope, depth);
        break;
      }
      case 'Case':
        this.#ways([...node.items.map(({ body }) => body), undefined], scope, depth);
        break;
      case 'AndOr':
        this.#andOr(node, scope, depth);
        break;
      case 'Pipeline': {
        const isAlone = node.commands.length === 1;
        for (const [index, command] of node.commands.entries()) {
          this.#piped = this.#outputOf(node.commands[index - 1], scope);
          this.#walk(command, isAlone ? scope : scope.copy(), depth);
        }
        break;
      }
      case 'Subshell':
        this.#walk(node.body, scope.copy(), depth);
        break;
      case 'CommandExpansion':
      case 'ProcessSubstitution':
        // Of escaped backticks the positions are those of another text.
        if (node.script && node.script.source === undefined)
          this.#walk(node.script, scope.copy(), depth);
        break;
      default:
        this.#forEachChild(node, (child) => this.#walk(child, scope, depth));
        break;
    }
  }

  #ways(bodies: readonly (SyntaxNode | undefined)[], scope: Scope, depth: number): void {
    const ways = bodies.map((body) => {
      const way = scope.copy();
      if (body) this.#walk(body, way, depth);
      return way;
    });
    scope.join(ways);
  }

  #andOr(node: Extract<SyntaxNode, { type: 'AndOr' }>, scope: Scope, depth: number): void {
    const [first, ...rest] = node.commands;
    if (!first) return;
    this.#walk(first, scope, depth);
    const isTest =
      first.type === 'TestCommand' ||
      (first.type === 'Command' && /^(\[|test)$/.test(first.name?.value ?? ''));
    for (const [index, command] of rest.entries()) {
      const isCertain = node.operators[index] === '&&' && !isTest;
      if (isCertain) this.#walk(command, scope, depth);
      else this.#ways([command, undefined], scope, depth);
    }
  }

  #loop(node: Extract<SyntaxNode, { type: 'For' }>, scope: Scope, depth: number): void {
    const name = node.name.value;
    const words = node.wordlist?.flatMap((word) => {
      this.#forEachChild(word, (part) => this.#walk(part, scope, depth));
      return wordsOf(word, scope, this.#excerpt);
    });
    const turns = words?.every(({ many }) => !many) ? words.slice(0, mostTurns) : [];
    if (turns.length === 0) {
      this.#forget(node.body, scope);
      scope.set(name, { unknown: `$${name} is one of several` });
      this.#walk(node.body, scope, depth);
    }
    for (const { value } of turns) {
      scope.set(name, value);
      this.#walk(node.body, scope, depth);
    }
  }

  /** What a body sets is not known at its start, when it is not the first turn. */
  #forget(body: SyntaxNode, scope: Scope): void {
    const visit = (node: SyntaxNode) => {
      if (this.#left.steps-- <= 0) return;
      if (node.type === 'Assignment')
        scope.set(node.name, { unknown: `$${node.name} changes in a loop` });
      this.#forEachChild(node, visit);
    };
    visit(body);
  }

  #command(node: Command, scope: Scope, depth: number): void {
    // In a loop it costs its length each time.
    this.#left.characters -= node.end - node.pos;
    if (this.#left.characters < 0) return;
    this.#forEachChild(node, (child) => this.#expansions(child, scope, depth));
    if (!node.name) {
      for (const one of node.prefix) if (one.type === 'Assignment') this.#assign(one, scope);
      return;
    }
    const name = wordsOf(node.name, scope, this.#excerpt);
    const [first] = name;
    const program = first && 'known' in first.value ? first.value.known : '';
    if (/^(export|declare|local|readonly|typeset)$/.test(program)) {
      for (const one of node.args) if (one.type === 'Assignment') this.#assign(one, scope);
      return;
    }
    const args = node.args.flatMap((one) =>
      one.type === 'Word' ? wordsOf(one, scope, this.#excerpt) : this.#assignmentWord(one, scope),
    );
    if (this.#builtin(program, node, args, scope)) return;
    const body = scope.functions.get(program);
    if (body) {
      this.#called.add(body);
      if (depth < deepestCall) this.#call(body, args, scope, depth);
      return;
    }
    const input = inputOf(node.redirects, this.#excerpt) ?? this.#piped;
    this.#piped = undefined;
    const words = [...name, ...args].slice(0, mostWords);
    this.#calls.push({
      words,
      at: this.#excerpt.place(node.pos, node.end),
      ...(input && { input }),
      // The script goes on to change it.
      scope: words.some(({ tail }) => isShell.test(tail)) ? scope.copy() : scope,
    });
  }

  /** What `cat <<EOF` and `echo '…'` give to the next command of a pipeline. */
  #outputOf(node: SyntaxNode | undefined, scope: Scope): Call['input'] {
    if (node?.type !== 'Command') return undefined;
    if (node.name?.value === 'cat') return inputOf(node.redirects, this.#excerpt);
    const [word] = node.args.filter((one) => !/^-\w+$/.test(one.text));
    return node.name?.value === 'echo' && word?.type === 'Word'
      ? wordsOf(word, scope, this.#excerpt)[0]?.inside
      : undefined;
  }

  /** Without `local`, what a function sets is set outside too. */
  #call(body: Body, args: readonly Word[], scope: Scope, depth: number): void {
    const isKnown = args.every(({ many }) => !many);
    const inner = scope.copy(isKnown ? args.map(({ value }) => value) : []);
    this.#walk(body, inner, depth + 1);
    for (const [name, held] of inner.variables) scope.set(name, held);
  }

  /** Commands within words, and what they redirect. */
  #expansions(node: SyntaxNode, scope: Scope, depth: number): void {
    if (node.type === 'CommandExpansion' || node.type === 'ProcessSubstitution')
      this.#walk(node, scope, depth);
    else this.#forEachChild(node, (child) => this.#expansions(child, scope, depth));
  }

  #assign(node: Extract<SyntaxNode, { type: 'Assignment' }>, scope: Scope): void {
    const { name, value, append, index } = node;
    const isWhole = !append && !index;
    const held: Held = isWhole
      ? value.type === 'Word'
        ? textOfWord(value, scope)
        : value.elements
            .slice(0, mostElements)
            .flatMap((one) => wordsOf(one, scope, this.#excerpt).map((word) => word.value))
            .slice(0, mostElements)
      : { unknown: `$${name} is added to` };
    // `[key]=value`: names and values both, in no order.
    if (value.type === 'ArrayValue' && value.elements.some(({ text }) => /^\[[^\]]+\]=/.test(text)))
      scope.set(name, { unknown: `$${name} is a map` });
    else scope.set(name, held);
    this.#left.steps -= Array.isArray(held) ? held.length : 0;
  }

  /** `--config=a` is a word of the program, `a=b` behind its name too. */
  #assignmentWord(node: Extract<SyntaxNode, { type: 'Assignment' }>, scope: Scope): Word[] {
    const value: Value =
      node.value.type === 'Word'
        ? textOfWord(node.value, scope)
        : { unknown: 'an array is no word' };
    const at = this.#excerpt.place(node.pos, node.end);
    const text = 'known' in value ? `${node.name}=${value.known}` : '';
    return [
      {
        value: 'known' in value ? { ...value, known: text } : value,
        at,
        tail: text,
        part: () => at,
        inside: undefined,
      },
    ];
  }

  /** Those that change what the rest of the script sees. */
  #builtin(program: string, node: Command, args: readonly Word[], scope: Scope): boolean {
    switch (program) {
      case 'read': {
        const names = args.flatMap(({ value }) => ('known' in value ? value.known : []));
        this.#read(
          node,
          names.filter((one) => !one.startsWith('-')),
          scope,
        );
        return true;
      }
      case 'unset':
        for (const { value } of args)
          if ('known' in value) scope.set(value.known, { unknown: `$${value.known} is unset` });
        return true;
      case 'shift': {
        const [count] = args;
        const text = count && 'known' in count.value ? Number(count.value.known) : 1;
        scope.positional = scope.positional?.slice(text);
        return true;
      }
      case '.':
      case 'source':
        for (const name of scope.variables.keys())
          scope.set(name, { unknown: `$${name} may be set in another file` });
        return true;
      default:
        return false;
    }
  }

  /** `IFS=: read -r name partitions <<< "$entry"`. */
  #read(node: Command, names: readonly string[], scope: Scope): void {
    const string = node.redirects.find((one) => one.type === 'HereString');
    const text = string?.target && textOfWord(string.target, scope);
    const separator = node.prefix.find((one) => one.type === 'Assignment' && one.name === 'IFS');
    const sign =
      separator?.type === 'Assignment' && separator.value.type === 'Word'
        ? textOfWord(separator.value, scope)
        : undefined;
    const parts =
      text && 'known' in text
        ? text.known.split(sign && 'known' in sign && sign.known !== '' ? sign.known : /\s+/)
        : undefined;
    for (const [index, name] of names.entries()) {
      const known = index === names.length - 1 ? parts?.slice(index).join(':') : parts?.[index];
      scope.set(
        name,
        known === undefined ? { unknown: `$${name} is read` } : { known, from: `$${name}` },
      );
    }
  }
}

function inputOf(redirects: readonly Redirection[], around: Excerpt): Call['input'] | undefined {
  const document = redirects.find((one): one is HereDoc => one.type === 'HereDoc');
  if (!document) return undefined;
  const { body, delimiter } = document;
  const text = around.text.slice(body.pos, body.end);
  const excerpt = excerptOf(around, [{ text, offset: body.pos }]);
  return { ...excerpt, expands: delimiter?.quoted !== true };
}

/** What a program says, in the same words for every language: as much of it as tells how clients are made. */
import type { Span } from '../../files/formats/syntax-tree.ts';
import type { ProjectFile } from '../../files/project-file.ts';

export type Expression = Span &
  (
    | { readonly is: 'text'; readonly text: string; readonly number?: true }
    /** `this` and `self` too. */
    | { readonly is: 'name'; readonly name: string }
    | { readonly is: 'member'; readonly of: Expression; readonly name: string }
    | { readonly is: 'index'; readonly of: Expression; readonly key: Expression }
    /** A constructor is called by the name of its type. */
    | Call
    /** Without a key, a map whose entries are put in. */
    | { readonly is: 'map'; readonly type?: Expression; readonly entries: readonly Entry[] }
    | { readonly is: 'list'; readonly items: readonly Expression[] }
    | { readonly is: 'sum' | 'product'; readonly parts: readonly Expression[] }
    | { readonly is: 'default'; readonly first: Expression; readonly otherwise: Expression }
    | { readonly is: 'function'; readonly scope: Scope }
    | { readonly is: 'other'; readonly parts: readonly Expression[] }
  );

export type Entry = { readonly key?: Expression; readonly value: Expression };
export type Argument = { readonly name?: string; readonly value: Expression };

export type Call = Span & {
  readonly is: 'call';
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
};

/** Where something happens: in which loop, only sometimes, and what becomes of its result. */
export type Circumstances = {
  /** The innermost loop around it. */
  readonly loop: Span | undefined;
  /** In a branch, or in a function that somebody else may call. */
  readonly sometimes: boolean;
  readonly result: 'used' | 'dropped' | 'awaited';
};

export type Assignment = Span & {
  readonly target: Expression;
  readonly value?: Expression;
  /** As it is declared. */
  readonly type?: Expression;
  readonly circumstances: Circumstances;
  /** It makes the name: a declaration. */
  readonly declares: boolean;
  /** Where it stands, which may be further in than what it is a name of. */
  readonly within: Scope;
};

export type Happening = { readonly call: Call; readonly circumstances: Circumstances };

export type Annotation = Span & {
  readonly name: string;
  readonly arguments: readonly Argument[];
};

export type Scope = {
  readonly kind: 'file' | 'class' | 'function';
  readonly name?: string;
  readonly above?: Scope;
  readonly parameters: { readonly name: string; readonly type?: Expression }[];
  readonly assignments: Assignment[];
  readonly calls: Happening[];
  readonly returns: Expression[];
  readonly annotations: Annotation[];
  readonly scopes: Scope[];
};

export type Language = 'java' | 'kotlin' | 'python' | 'typescript' | 'go';

/** One file, read. */
export type Code = {
  readonly file: ProjectFile;
  readonly language: Language;
  /** What names of other modules stand for here: `KafkaProducer` for `org.apache.kafka....KafkaProducer`. */
  readonly imports: ReadonlyMap<string, string>;
  /** Modules whose names are all known here: `org.apache.kafka.clients.producer`. */
  readonly open: readonly string[];
  /** Of what is imported, where. */
  readonly importedAt: ReadonlyMap<string, Span>;
  readonly module?: string;
  readonly scope: Scope;
};

/** All scopes, the file's first. */
export function* scopesIn(scope: Scope): Iterable<Scope> {
  yield scope;
  for (const inner of scope.scopes) yield* scopesIn(inner);
}

/** What one source file says about Kafka, put together from its calls and annotations. */
import type { Span } from '../../../files/formats/syntax-tree.ts';
import type { Evaluator } from '../../code/evaluate.ts';
import type { Call, Code, Expression, Happening, Scope } from '../../code/program.ts';
import { scopesIn } from '../../code/program.ts';
import { memberOf, place, type Site, textIn, type Worth } from '../../code/worth.ts';
import type { ClientCall, CodeName } from '../../facts/code.ts';
import type { Configuration, Setting } from '../../facts/configuration.ts';
import type { Facts } from '../../facts/index.ts';
import type { Topic, TopicUse } from '../../facts/topic.ts';
import { encodings } from '../encoding.ts';
import { type Maker, makers, plainName, types } from './clients.ts';
import { declaredTopics } from './declared.ts';
import { removedNames, removedUse } from './removed.ts';
import { settingsOf } from './settings.ts';
import { isLocal, isShared } from './shared.ts';
import { allIn, located, type Named, readIn, sentTo } from './topics.ts';

type Draft = Configuration & { readonly settings: Setting[] };

type Over = NonNullable<ClientCall['loop']>['over'];

type Seen = { readonly happening: Happening; readonly site: Site; readonly by: string };

export class CodeFile {
  readonly #code: Code;
  readonly #evaluator: Evaluator;
  readonly #program: string;
  readonly #outer = new Map<Call, Call>();
  /** What is called again and again, for what, and where it begins. */
  readonly #around = new Map<Scope, { readonly over: Over; readonly at: Span }>();
  /** By the place of the constructor's call. */
  readonly #drafts = new Map<string, Draft[]>();
  /** Those of clients that only a function has. */
  readonly #local = new Set<Configuration>();
  readonly #calls: ClientCall[] = [];
  readonly #uses: TopicUse[] = [];
  readonly #topics: Topic[] = [];
  readonly #names: CodeName[] = [];

  constructor(code: Code, evaluator: Evaluator, program: string) {
    this.#code = code;
    this.#evaluator = evaluator;
    this.#program = program;
  }

  facts(): Facts {
    const { scope } = this.#code;
    const all = [...scopesIn(scope)];
    for (const one of all) this.#look(one);
    const seen = all.flatMap((one) => {
      const site = { code: this.#code, scope: one };
      return one.calls.flatMap((happening): Seen[] => {
        const by = this.#evaluator.nameOfCallee(happening.call.callee, site);
        return by === undefined ? [] : [{ happening, site, by: plainName(by) }];
      });
    });
    for (const one of seen) this.#made(one);
    for (const one of seen) {
      this.#done(one);
      this.#topics.push(...declaredTopics(one, this.#outer, this.#evaluator));
      const removed = removedUse(one, this.#evaluator);
      if (removed) this.#names.push(removed);
    }
    for (const one of all) this.#listeners(one);
    for (const { settings } of [...this.#drafts.values()].flat()) keepLast(settings);
    this.#names.push(...removedNames(this.#code));
    return {
      configurations: [...this.#drafts.values()].flat(),
      calls: this.#calls.map((call) => this.#withOwners(call)),
      uses: this.#uses,
      topics: this.#topics,
      names: this.#names,
    };
  }

  /** What stands around what. */
  #look(scope: Scope): void {
    const over = scope.annotations.map(({ name }): Over | undefined => {
      if (/^(KafkaListener|KafkaHandler|RetryableTopic|Incoming)$/.test(name)) return 'records';
      return /^(Request|Get|Post|Put|Patch|Delete)Mapping$|^(GET|POST|PUT|DELETE)$/.test(name)
        ? 'requests'
        : undefined;
    });
    const known = over.find((one) => one !== undefined);
    const [annotation] = scope.annotations;
    if (known && annotation) this.#around.set(scope, { over: known, at: annotation });
    for (const { call } of scope.calls) {
      const { callee } = call;
      if (callee.is === 'member' && callee.of.is === 'call') this.#outer.set(callee.of, call);
      const name = callee.is === 'member' || callee.is === 'name' ? callee.name : '';
      for (const { value } of call.arguments) {
        if (value.is === 'function' && /^(forEach|for_each)$/.test(name))
          this.#around.set(value.scope, { over: 'loop', at: value });
        if (value.is !== 'map') continue;
        for (const { key, value: inner } of value.entries)
          if (
            key?.is === 'text' &&
            /^each(Message|Batch)$/.test(key.text) &&
            inner.is === 'function'
          )
            this.#around.set(inner.scope, { over: 'records', at: inner });
      }
    }
  }

  /** A constructor's call: its configuration, and topics that it names itself. */
  #made(seen: Seen): void {
    const { happening, site, by } = seen;
    const { call } = happening;
    // The class of Java's other namesakes, or a pattern's.
    const maker = makers[by];
    if (!maker) return;
    const { settings, open } = settingsOf(maker, call, site, this.#evaluator);
    const drafts = this.#kinds(maker, seen, settings).map((kind): Draft => {
      const draft: Draft = {
        kind,
        file: this.#code.file.path,
        at: place(call, site),
        settings: [...this.#base(maker, call, site), ...settings],
        library: maker.library,
        code: true,
        ...(maker.beneath && { beneath: maker.beneath }),
        ...(maker.framework && { framework: maker.framework }),
        ...((open || maker.framework) && open && { open: true as const }),
      };
      return draft;
    });
    this.#drafts.set(keyOf(call, site), drafts);
    if (isLocal(call, site.scope)) for (const draft of drafts) this.#local.add(draft);
    for (const draft of drafts) {
      const does = makes[draft.kind as keyof typeof makes];
      if (does)
        this.#call(seen, does, maker.library, draft, {
          ...(isShared(call, this.#code.scope, this.#outer.has(call)) && { shared: true }),
        });
      this.#topicsOfMaker(seen, maker, draft);
    }
  }

  /** A client of franz-go is both, as its options say. */
  #kinds(
    { kind, library }: Maker,
    { happening: { call } }: Seen,
    settings: readonly Setting[],
  ): Maker['kind'][] {
    if (library !== 'franz-go') return [kind];
    const names = call.arguments.map(({ value }) =>
      value.is === 'call' && value.callee.is === 'member' ? value.callee.name : '',
    );
    const consumes =
      names.some((name) => /^Consume/.test(name)) || settings.some(({ key }) => key === 'group.id');
    const produces = names.some((name) =>
      /Produce|RequiredAcks|Transactional|Partitioner/.test(name),
    );
    return consumes ? (produces ? ['producer', 'consumer'] : ['consumer']) : ['producer'];
  }

  /** What is set for all clients of a connection, or beside the map. */
  #base(maker: Maker, call: Call, site: Site): Setting[] {
    const { callee } = call;
    if (maker.library === 'sarama') {
      const of = (index: number, key: string): Setting[] => {
        const argument = call.arguments[index]?.value;
        if (!argument) return [];
        const worth = this.#evaluator.ask(argument, site);
        const { value, at } = joined(worth);
        return [{ key, value, keyAt: at, valueAt: at }];
      };
      const group = maker.kind === 'consumer' ? of(1, 'group.id') : [];
      return [...of(0, 'bootstrap.servers'), ...group];
    }
    if (callee.is !== 'member' || !/Kafka\.(producer|consumer|admin)$/.test(this.#by(call, site)))
      return [];
    const owner = this.#evaluator.ask(callee.of, site);
    if (owner.is !== 'made' || !owner.call) return [];
    return [...settingsOf(maker, owner.call, owner.site, this.#evaluator).settings];
  }

  #by(call: Call, site: Site): string {
    return plainName(this.#evaluator.nameOfCallee(call.callee, site) ?? '');
  }

  #topicsOfMaker({ happening: { call }, site }: Seen, maker: Maker, draft: Draft): void {
    const { library } = maker;
    const isProducer = draft.kind === 'producer';
    const add = (named: readonly Named[]) => {
      for (const one of named)
        this.#use(one, isProducer ? 'produces' : 'consumes', call, site, library, draft);
    };
    if (maker.from.is === 'keywords' && draft.kind === 'consumer') {
      const given = call.arguments.filter(({ name }) => name === undefined);
      const worths = given.map(({ value }) => this.#evaluator.ask(value, site));
      add(worths.filter(({ is }) => is === 'text').map((worth) => ({ topic: located(worth) })));
    }
    if (library === 'kafka-go') {
      const [first] = call.arguments;
      const worth = first && this.#evaluator.ask(first.value, site);
      if (worth?.is !== 'map') return;
      const topic = memberOf(worth, 'Topic');
      const topics = memberOf(worth, 'GroupTopics');
      add(
        [...(topic ? [located(topic)] : []), ...(topics ? allIn(topics) : [])].map((one) => ({
          topic: one,
        })),
      );
    }
    if (library === 'franz-go')
      for (const { value } of call.arguments) {
        const worth = this.#evaluator.ask(value, site);
        if (worth.is !== 'made' || !worth.call) continue;
        const option = worth.by.slice(worth.by.lastIndexOf('.') + 1);
        const wanted = isProducer ? 'DefaultProduceTopic' : 'ConsumeTopics';
        if (option !== wanted) continue;
        const inside = worth.site;
        for (const { value: topic } of worth.call.arguments)
          add(allIn(this.#evaluator.ask(topic, inside)).map((one) => ({ topic: one })));
      }
  }

  /** What a client's method does. */
  #done(seen: Seen): void {
    const { happening, site, by } = seen;
    const { call } = happening;
    const { callee } = call;
    if (callee.is !== 'member') {
      this.#streams(seen);
      return;
    }
    const type = types[by.slice(0, by.length - callee.name.length - 1)];
    const drafts = this.#draftsOf(callee.of, site);
    if (!type) {
      this.#streams(seen);
      return;
    }
    const does = type.methods[callee.name];
    const [draft] = drafts;
    if (does === 'sends') {
      const producer = drafts.find(({ kind }) => kind === 'producer') ?? draft;
      this.#call(seen, does, type.library, producer, { result: this.#resultOf(seen) });
      for (const named of sentTo(call, by, site, this.#evaluator))
        this.#use(named, 'produces', call, site, type.library, producer);
      this.#perSend(call, site, producer);
    } else if (does) this.#call(seen, does, type.library, draft);
    if (callee.name === 'run' && draft) this.#run(call, site, draft);
    const consumer = drafts.find(({ kind }) => kind === 'consumer');
    for (const named of readIn(call, by, site, this.#evaluator))
      this.#use(named, 'consumes', call, site, type.library, consumer);
  }

  /** KafkaJS and its likes take acks with each send. */
  #perSend(call: Call, site: Site, draft: Draft | undefined): void {
    const [first] = call.arguments;
    if (!draft || first?.value.is !== 'map') return;
    const worth = this.#evaluator.ask(first.value, site);
    if (worth.is === 'map') this.#put(worth, 'acks', 'acks', draft);
  }

  #run(call: Call, site: Site, draft: Draft): void {
    const [first] = call.arguments;
    const worth = first && this.#evaluator.ask(first.value, site);
    if (worth?.is === 'map') this.#put(worth, 'autoCommit', 'enable.auto.commit', draft);
  }

  #put(from: Worth & { is: 'map' }, written: string, key: string, draft: Draft): void {
    const member = from.members.findLast((one) => one.key === written);
    if (!member) return;
    const { value, at } = joined(member.worth);
    const isAll = 'known' in value && key === 'acks' && value.known === '-1';
    draft.settings.push({
      key,
      ...(key !== written && { written }),
      value: isAll ? { known: 'all' } : value,
      keyAt: member.keyAt,
      valueAt: at,
    });
  }

  /** Kafka Streams: what a topology reads and writes. */
  #streams({ happening: { call }, site, by }: Seen): void {
    const isBuilt = by.startsWith('org.apache.kafka.streams.');
    const [first] = call.arguments;
    if (!isBuilt || !first) return;
    const name = by.slice(by.lastIndexOf('.') + 1);
    const reads = /StreamsBuilder\.(stream|table|globalTable)$/.test(by);
    if (!reads && name !== 'to') return;
    const worth = this.#evaluator.ask(first.value, site);
    if (worth.is !== 'text' && worth.is !== 'list') return;
    for (const topic of allIn(worth))
      this.#use({ topic }, reads ? 'consumes' : 'produces', call, site, 'java', undefined);
  }

  #draftsOf(of: Expression, site: Site): readonly Draft[] {
    const worth = this.#evaluator.ask(of, site);
    if (worth.is === 'made' && worth.call)
      return this.#drafts.get(keyOf(worth.call, worth.site)) ?? [];
    return this.#drafts.get(JSON.stringify(worth.at)) ?? [];
  }

  #resultOf({ happening: { call, circumstances }, by }: Seen): NonNullable<ClientCall['result']> {
    const outer = this.#outer.get(call);
    const after = outer?.callee.is === 'member' ? outer.callee.name : undefined;
    if (circumstances.result === 'awaited' || /^(get|join|block|await)$/.test(after ?? ''))
      return 'awaited';
    const hasCallback = call.arguments.some(
      ({ name, value }) =>
        // `*args, **kwargs` may have one.
        /^(on_delivery|callback|delivery_callback|\*\*?)$/.test(name ?? '') ||
        value.is === 'function',
    );
    const last = call.arguments.at(-1)?.value;
    const isNothing = last?.is === 'name' && last.name === 'nil';
    // By their number: the callback's name may be that of any function.
    const isGiven = callbacks.some(
      ([method, most]) => method.test(by) && call.arguments.length > most && !isNothing,
    );
    return circumstances.result === 'dropped' && !hasCallback && !isGiven ? 'dropped' : 'handled';
  }

  #call(
    { happening: { call, circumstances }, site }: Seen,
    does: ClientCall['does'],
    library: ClientCall['library'],
    configuration: Configuration | undefined,
    more: Partial<ClientCall> = {},
  ): void {
    const { loop } = circumstances;
    const around = loop ? undefined : this.#aroundOf(site.scope);
    const at = place(call, site);
    this.#calls.push({
      does,
      at,
      library,
      program: this.#program,
      ...(configuration && { configuration }),
      ...(loop && { loop: { at: place(loop, site), over: 'loop' as const } }),
      ...(around && { loop: { at: place(around.at, site), over: around.over } }),
      ...more,
    });
  }

  #aroundOf(scope: Scope) {
    for (let at: Scope | undefined = scope; at; at = at.above) {
      const over = this.#around.get(at);
      // A named function inside is called at other times too.
      if (over || at.name !== undefined) return over;
    }
    return undefined;
  }

  #use(
    { topic, key, pattern }: Named,
    does: TopicUse['does'],
    call: Call,
    site: Site,
    library: TopicUse['library'],
    configuration: Configuration | undefined,
  ): void {
    const group = configuration?.settings.findLast((one) => one.key === 'group.id');
    this.#uses.push({
      does,
      topic,
      ...(pattern && { pattern }),
      at: place(call, site),
      program: this.#program,
      library,
      ...(configuration && { configuration }),
      ...(does === 'consumes' && group && { group: { value: group.value, at: group.valueAt } }),
      ...(does === 'produces' && key && { key }),
      ...(configuration && library === 'java' && encodings(configuration)),
    });
  }

  /** `@KafkaListener(topics = ..., groupId = ...)`. */
  #listeners(scope: Scope): void {
    for (const annotation of scope.annotations) {
      if (annotation.name !== 'KafkaListener' || !this.#isSprings('KafkaListener')) continue;
      const above = scope.above ?? scope;
      const site = { code: this.#code, scope: above };
      const of = (name: string) => {
        const value = annotation.arguments.find((one) => one.name === name)?.value;
        return value && this.#evaluator.ask(value, site);
      };
      const group = of('groupId') ?? of('id');
      const topics = of('topics');
      const pattern = of('topicPattern');
      const at = place(annotation, site);
      for (const topic of [
        ...(topics ? allIn(topics) : []),
        ...(pattern ? [located(pattern)] : []),
      ])
        this.#uses.push({
          does: 'consumes',
          topic,
          ...(pattern && { pattern: true as const }),
          at,
          program: this.#program,
          library: 'java',
          isListener: true,
          ...(group && { group: located(group) }),
        });
    }
  }

  #isSprings(name: string): boolean {
    const module = 'org.springframework.kafka.annotation';
    return this.#code.imports.get(name) === `${module}.${name}` || this.#code.open.includes(module);
  }

  /** What a module or an object has, others use too; here it only matters where nobody sends. */
  #withOwners(call: ClientCall): ClientCall {
    const { does, configuration, shared } = call;
    if (does !== 'makes-producer' || shared || !configuration || this.#local.has(configuration))
      return call;
    const isUsed = this.#calls.some(
      (one) => one.does === 'sends' && one.configuration === configuration,
    );
    return isUsed ? call : { ...call, shared: true };
  }
}

/** A map has the last of what is put under one key. */
function keepLast(settings: Setting[]): void {
  const last = new Map(settings.map((setting) => [setting.key, setting]));
  settings.splice(0, settings.length, ...last.values());
}

const makes = {
  producer: 'makes-producer',
  consumer: 'makes-consumer',
  admin: 'makes-admin',
} as const;

/** Methods whose last argument is a callback, when there are more arguments than so many. */
const callbacks: readonly (readonly [RegExp, number])[] = [
  [/producer\.(Kafka)?Producer\.send$/, 1],
  // librdkafka's for Node.js: topic, partition, value, key, timestamp, headers or callback.
  [/(node-rdkafka|kafka-javascript)\.(HighLevel)?Producer\.produce$/, 5],
  [/\/kgo\.\w+\.(Try)?Produce$/, 2],
];

const keyOf = (call: Call, site: Site): string => JSON.stringify(place(call, site));

/** A text, or a list as Kafka would have it. */
function joined(worth: Worth) {
  if (worth.is !== 'list') return located(worth);
  const texts = worth.items.map(textIn);
  return worth.open || texts.includes(undefined)
    ? { value: { unknown: 'not all of it is in the file' }, at: worth.at }
    : { value: { known: texts.join() }, at: worth.at };
}

/** What expressions are worth, as far as a program's text tells: never more than it says. */
import { type IsIt, isNothing, isOwn, lastNameOf, pathTo, rootOf } from './expressions.ts';
import {
  type Assignment,
  type Call,
  type Code,
  type Entry,
  type Expression,
  type Happening,
  type Scope,
  scopesIn,
} from './program.ts';
import {
  defaulted,
  type Member,
  memberOf,
  place,
  type Site,
  textIn,
  unknown,
  type World,
  type Worth,
} from './worth.ts';

const deepest = 12;

export class Evaluator {
  readonly #world: World;
  #depth = 0;
  /** Of one question: what refers to what in circles would never end. */
  #steps = 0;

  constructor(world: World) {
    this.#world = world;
  }

  ask(expression: Expression, site: Site): Worth {
    this.#steps = 0;
    return this.worth(expression, site);
  }

  worth(expression: Expression, site: Site): Worth {
    if (this.#depth > deepest || this.#steps++ > 3_000)
      return unknown(expression, site, 'it is too far away');
    this.#depth++;
    try {
      const worth = this.#worth(expression, site);
      // Where it is used, not where a constant is defined: that may be in another file.
      const isReference = expression.is === 'name' || expression.is === 'member';
      if (!isReference || (worth.is !== 'text' && worth.is !== 'unknown')) return worth;
      const at = place(expression, site);
      if (worth.is === 'unknown') return { ...worth, at };
      const { quoted: _stands, ...text } = worth;
      return { ...text, at };
    } finally {
      this.#depth--;
    }
  }

  #worth(expression: Expression, site: Site): Worth {
    const at = place(expression, site);
    switch (expression.is) {
      case 'text':
        return expression.number
          ? { is: 'text', value: { known: expression.text }, number: true, at }
          : { is: 'text', value: this.#world.filledIn(expression.text), quoted: true, at };
      case 'name':
        return this.#named(expression, site);
      case 'member':
        return this.#member(expression, site);
      case 'index': {
        const key = this.worth(expression.key, site);
        const variable = environmentIn(expression.of, site, this);
        if (variable)
          return unknown(
            expression,
            site,
            `${textIn(key) ?? 'a variable'} is put in from the environment`,
          );
        const of = this.worth(expression.of, site);
        const name = textIn(key);
        return (
          (name !== undefined && of.is === 'map' && memberOf(of, name)) ||
          unknown(expression, site, 'it is an item of something')
        );
      }
      case 'call':
        return this.#call(expression, site);
      case 'map':
        return this.#map(expression, site);
      case 'list':
        return {
          is: 'list',
          items: expression.items.map((item) => this.worth(item, site)),
          open: false,
          at,
        };
      case 'sum':
      case 'product':
        return this.#sum(expression, site);
      case 'default': {
        const first = this.worth(expression.first, site);
        if (first.is !== 'unknown' && !(first.is === 'text' && 'unknown' in first.value))
          return first.is === 'made' ? unknown(expression, site, 'it may be another') : first;
        const otherwise = this.worth(expression.otherwise, site);
        const name = lastNameOf(expression.first);
        return otherwise.is === 'text' ? defaulted(otherwise, name) : otherwise;
      }
      case 'function':
      case 'other':
        return unknown(expression, site, 'the program works it out');
    }
  }

  /** What a name of another module is called in full. */
  fullName(expression: Expression, site: Site): string | undefined {
    if (expression.is === 'member') {
      const of = this.fullName(expression.of, site);
      return of === undefined ? undefined : `${of}.${expression.name}`;
    }
    if (expression.is !== 'name') return undefined;
    const { name } = expression;
    const imported = site.code.imports.get(name);
    if (imported !== undefined) return imported;
    if (/^(org|com|io)$/.test(name)) return name;
    return site.code.open.map((module) => `${module}.${name}`).find(this.#world.knows);
  }

  #named(expression: Expression & { is: 'name' }, site: Site): Worth {
    const { name } = expression;
    const bound = this.#bound(name, site, expression);
    if (bound) return bound;
    const full = this.fullName(expression, site);
    if (full !== undefined) return this.#ofName(full, expression, site);
    for (const beside of this.#world.beside(site.code, name)) {
      const there = this.#field(
        name,
        beside.scope,
        { code: beside, scope: beside.scope },
        expression,
      );
      if (there) return there;
    }
    return unknown(expression, site, `${name} is put in elsewhere`);
  }

  /** A constant of Kafka's or of another file, or else its name. */
  #ofName(full: string, expression: Expression, site: Site): Worth {
    const at = place(expression, site);
    const text = this.#world.constant(full);
    if (text !== undefined) return { is: 'text', value: { known: text }, at };
    const dot = full.lastIndexOf('.');
    const [module, name] = [full.slice(0, dot), full.slice(dot + 1)];
    for (const code of dot > 0 ? this.#world.other(site.code, module) : []) {
      const there = this.#constantIn(code, module, name, expression);
      if (there) return there;
    }
    return { is: 'name', name: full, at };
  }

  #constantIn(code: Code, module: string, name: string, expression: Expression): Worth | undefined {
    const site = { code, scope: code.scope };
    const own = module.slice(module.lastIndexOf('.') + 1);
    const holder = code.scope.scopes.find((scope) => scope.kind === 'class' && scope.name === own);
    return (
      (holder && this.#field(name, holder, { code, scope: holder }, expression)) ??
      this.#field(name, code.scope, site, expression)
    );
  }

  #field(name: string, scope: Scope, site: Site, from: Expression): Worth | undefined {
    const found = scope.assignments.filter(
      ({ target }) => target.is === 'name' && target.name === name,
    );
    return found.length > 0
      ? this.#assigned(name, found, { ...site, scope }, scope, from)
      : undefined;
  }

  /** What a name stands for here: a variable, a parameter, a field. */
  #bound(name: string, site: Site, from: Expression): Worth | undefined {
    const { code } = site;
    if (name === 'this' || name === 'self') return undefined;
    for (let scope: Scope | undefined = site.scope; scope; scope = scope.above) {
      const found = scope.assignments.filter(
        ({ target }) => target.is === 'name' && target.name === name,
      );
      const parameter = scope.parameters.find((one) => one.name === name);
      if (parameter && found.every(({ value }) => !value)) {
        const given = scope === site.scope ? site.given?.get(name) : undefined;
        if (given) return given;
        const type = parameter.type && this.fullName(parameter.type, site);
        if (type && !isMap.test(type)) return { is: 'made', by: type, site, at: place(from, site) };
        return this.#filled(
          unknown(from, site, `${name} is given by who calls`),
          name,
          scope,
          site,
          from,
        );
      }
      // A field that its methods set: Java and Kotlin need no `this` for it.
      const fields = scope.kind === 'class' ? this.#setInMethods(name, scope) : [];
      if (found.length + fields.length > 0)
        return this.#assigned(name, [...found, ...fields], site, scope, from, code);
    }
    return undefined;
  }

  #setInMethods(name: string, scope: Scope): Assignment[] {
    return [...scopesIn(scope)]
      .filter((one) => one !== scope)
      .flatMap(({ assignments }) => assignments)
      .filter(
        ({ target }) =>
          target.is === 'member' &&
          target.name === name &&
          target.of.is === 'name' &&
          (target.of.name === 'this' || target.of.name === 'self'),
      );
  }

  #assigned(
    name: string,
    found: readonly Assignment[],
    site: Site,
    scope: Scope,
    from: Expression,
    code = site.code,
  ): Worth {
    // `producer = None` only says that there will be one.
    const values = found.filter(({ value }) => value && !isNothing(value));
    const type = found.find((one) => one.type)?.type;
    const full = type && this.fullName(type, { code, scope });
    const [only] = values;
    if (values.length === 1 && only?.value) {
      // A function is asked where it stands, with its own arguments.
      const where = only.within;
      const inside = {
        code,
        scope: where,
        ...(where === site.scope && site.given && { given: site.given }),
      };
      const base = this.worth(only.value, inside);
      if (base.is === 'unknown' && full)
        return { is: 'made', by: full, site, at: place(from, site) };
      return this.#filled(base, name, scope, site, from);
    }
    if (full) return { is: 'made', by: full, site, at: place(from, site) };
    const why = values.length > 1 ? `${name} is set more than once` : `${name} is put in elsewhere`;
    return unknown(from, site, why);
  }

  /** A map, with what is put into it by its name before it is used. */
  #filled(base: Worth, name: string, scope: Scope, site: Site, from: Expression): Worth {
    const isEmptyMade = base.is === 'made' && base.call !== undefined && isBare(base);
    const isGiven = base.is === 'unknown' || (base.is === 'made' && isMap.test(base.by));
    if (base.is !== 'map' && !isEmptyMade && base.is !== 'list' && !isGiven) return base;
    const isHere = scope.kind === 'function' || scope === site.scope;
    const additions = this.#additions(
      [...scopesIn(scope)],
      (of) =>
        (of?.is === 'name' && of.name === name) ||
        (scope.kind === 'class' &&
          of?.is === 'member' &&
          of.name === name &&
          of.of.is === 'name' &&
          /^(this|self)$/.test(of.of.name)),
      site,
      isHere ? from.start : Number.POSITIVE_INFINITY,
    );
    if (base.is === 'list') return additions.touched ? { ...base, open: true } : base;
    // What somebody else gives has more in it.
    if (isGiven && additions.members.length === 0) return base;
    return {
      is: 'map',
      members: [...(base.is === 'map' ? base.members : []), ...additions.members],
      open: isGiven || (base.is === 'map' && base.open) || additions.open,
      ...(base.is === 'map' && base.type !== undefined && { type: base.type }),
      ...(base.is === 'made' && !isGiven && { type: base.by }),
      at: base.at,
    };
  }

  /** What is put into something in some scopes, before a place. */
  #additions(
    scopes: readonly Scope[],
    isIt: IsIt,
    site: Site,
    before: number,
  ): { members: Member[]; open: boolean; touched: boolean } {
    const found: { start: number; members: readonly Member[] }[] = [];
    let [open, touched] = [false, false];
    for (const scope of scopes) {
      const inside: Site = { ...site, scope };
      const isUseSometimes = scope.calls.some(
        ({ call, circumstances }) =>
          call.start <= before && before < call.end && circumstances.sometimes,
      );
      for (const { target, value, circumstances, start } of scope.assignments) {
        if (start >= before || (target.is !== 'index' && target.is !== 'member')) continue;
        const path = pathTo(target, isIt);
        if (!path) continue;
        touched = true;
        const key = target.is === 'index' ? textIn(this.worth(target.key, inside)) : path.join('.');
        if (key === undefined) open = true;
        else
          found.push({
            start,
            members: [
              {
                key,
                keyAt: place(target.is === 'index' ? target.key : target, inside),
                worth: this.#sometimes(
                  value ? this.worth(value, inside) : unknown(target, inside, 'it is changed'),
                  circumstances.sometimes && !isUseSometimes,
                ),
              },
            ],
          });
      }
      for (const happening of scope.calls) {
        const { call, circumstances } = happening;
        if (call.start >= before) continue;
        const put = this.#put(happening, isIt, inside);
        if (!put) continue;
        touched = true;
        open ||= put.open;
        const doubtful = circumstances.sometimes && !isUseSometimes;
        found.push({
          start: call.start,
          members: put.members.map((one) => ({
            ...one,
            worth: this.#sometimes(one.worth, doubtful),
          })),
        });
      }
    }
    found.sort((one, other) => one.start - other.start);
    return { members: found.flatMap(({ members }) => members), open, touched };
  }

  #sometimes(worth: Worth, isDoubtful: boolean): Worth {
    return isDoubtful ? { is: 'unknown', why: 'it is set only sometimes', at: worth.at } : worth;
  }

  #put(
    { call }: Happening,
    isIt: IsIt,
    site: Site,
  ): { members: readonly Member[]; open: boolean } | undefined {
    const { callee, arguments: given } = call;
    const [first, second] = given;
    const nothingElse = { members: [], open: false };
    const isNamed = callee.is === 'member' || callee.is === 'name';
    if (isNamed && isIt(callee.is === 'member' ? callee.of : undefined)) {
      if (puts.test(callee.name) && first && second) {
        const key = textIn(this.worth(first.value, site));
        if (key === undefined) return { members: [], open: true };
        const keyAt = place(first.value, site);
        return { members: [{ key, keyAt, worth: this.worth(second.value, site) }], open: false };
      }
      if (putsIfAbsent.test(callee.name) && first) {
        const key = textIn(this.worth(first.value, site));
        if (key === undefined) return { members: [], open: true };
        const worth = unknown(first.value, site, 'it may be there already');
        return { members: [{ key, keyAt: place(first.value, site), worth }], open: false };
      }
      if (putsAll.test(callee.name)) {
        const named = given.filter(({ name }) => name !== undefined && name !== '**');
        const members = named.map(({ name = '', value }) => ({
          key: name,
          keyAt: place(value, site),
          worth: this.worth(value, site),
        }));
        const maps = given.filter(({ name }) => name === undefined || name === '**');
        const worths = maps.map(({ value }) => this.worth(value, site));
        return {
          members: [...worths.flatMap((one) => (one.is === 'map' ? one.members : [])), ...members],
          open: worths.some((one) => one.is !== 'map' || one.open),
        };
      }
      if (callee.is === 'name') return undefined;
      return reads.test(callee.name) ? undefined : { ...nothingElse, open: true };
    }
    // Given to somebody who may put in more.
    const name = callee.is === 'member' || callee.is === 'name' ? callee.name : '';
    if (!given.some(({ value }) => isIt(value))) return undefined;
    if (/^[A-Z]/.test(name) || looks.test(name)) return undefined;
    return { ...nothingElse, open: true };
  }

  #member(expression: Expression & { is: 'member' }, site: Site): Worth {
    const { of, name } = expression;
    const at = place(expression, site);
    if (name === 'class' || name === 'java' || name === 'javaClass') {
      const inner = name === 'class' ? of : of.is === 'member' ? of.of : of;
      const full = this.fullName(inner, site) ?? lastNameOf(inner);
      return { is: 'text', value: { known: full }, at };
    }
    // `StringSerializer::class.java.name`
    if (of.is === 'member' && /^(class|java)$/.test(of.name) && /^(name|qualifiedName)$/.test(name))
      return this.worth(of, site);
    if (of.is === 'name' && /^(this|self)$/.test(of.name)) {
      for (let scope: Scope | undefined = site.scope; scope; scope = scope.above)
        if (scope.kind === 'class')
          return (
            this.#bound(name, { code: site.code, scope }, expression) ??
            unknown(expression, site, `${name} is put in elsewhere`)
          );
    }
    if (environmentIn(of, site, this))
      return unknown(expression, site, `${name} is put in from the environment`);
    const isBound = of.is !== 'name' || this.#isBound(of.name, site);
    const full = isBound ? undefined : this.fullName(expression, site);
    if (full !== undefined) {
      const named = this.#ofName(full, expression, site);
      if (named.is !== 'name') return named;
      const holder = this.worth(of, site);
      return (holder.is === 'map' && memberOf(holder, name)) || named;
    }
    if (of.is === 'name' && !isBound) {
      const constant = this.#ofClass(of.name, name, expression, site);
      if (constant) return constant;
    }
    const worth = this.worth(of, site);
    if (worth.is === 'map') {
      const found = memberOf(worth, name);
      if (found) return found;
    }
    if (worth.is === 'name') return this.#ofName(`${worth.name}.${name}`, expression, site);
    // A field of a struct or object whose type is in this file.
    const owner = worth.is === 'unknown' ? this.#typeHere(of, site) : undefined;
    const field = owner && this.#field(name, owner, { code: site.code, scope: owner }, expression);
    return field ?? unknown(expression, site, `${name} is put in elsewhere`);
  }

  #isBound(name: string, site: Site): boolean {
    for (let scope: Scope | undefined = site.scope; scope; scope = scope.above)
      if (
        scope.parameters.some((one) => one.name === name) ||
        scope.assignments.some(({ target }) => target.is === 'name' && target.name === name)
      )
        return true;
    return false;
  }

  /** `Topics.ORDERS`, whose class is in this file or in one beside it. */
  #ofClass(holder: string, name: string, expression: Expression, site: Site): Worth | undefined {
    for (const code of [site.code, ...this.#world.beside(site.code, holder)])
      for (const scope of scopesIn(code.scope))
        if (scope.kind === 'class' && scope.name === holder) {
          const found = this.#field(name, scope, { code, scope }, expression);
          if (found) return found;
        }
    return undefined;
  }

  #typeHere(of: Expression, site: Site): Scope | undefined {
    if (of.is !== 'name') return undefined;
    for (let scope: Scope | undefined = site.scope; scope; scope = scope.above) {
      const type = scope.parameters.find((one) => one.name === of.name)?.type;
      if (type?.is === 'name')
        return [...scopesIn(site.code.scope)].find(
          (one) => one.kind === 'class' && one.name === type.name,
        );
    }
    return undefined;
  }

  #map(expression: Expression & { is: 'map' }, site: Site): Worth {
    const type =
      expression.type && (this.fullName(expression.type, site) ?? lastNameOf(expression.type));
    return {
      is: 'map',
      ...this.#entries(expression.entries, site, type !== undefined),
      ...(type !== undefined && { type }),
      at: place(expression, site),
    };
  }

  #entries(entries: readonly Entry[], site: Site, isStruct = false) {
    const members: Member[] = [];
    let open = false;
    for (const { key, value } of entries) {
      const worth = this.worth(value, site);
      if (!key) {
        if (worth.is === 'map') members.push(...worth.members);
        open ||= worth.is !== 'map' || worth.open;
        continue;
      }
      // A struct's fields are names; a map's keys may be names of constants.
      const isField =
        isStruct && key.is === 'name' && /^[A-Z]/.test(key.name) && !this.#isBound(key.name, site);
      const text = isField ? key.name : textIn(this.worth(key, site));
      if (text === undefined) open = true;
      else members.push({ key: text, keyAt: place(key, site), worth });
    }
    return { members, open };
  }

  #sum(expression: Expression & { is: 'sum' | 'product' }, site: Site): Worth {
    const at = place(expression, site);
    const worths = expression.parts.map((part) => this.worth(part, site));
    if (worths.some(({ is }) => is === 'map')) {
      const members = worths.flatMap((one) => (one.is === 'map' ? one.members : []));
      return { is: 'map', members, open: worths.some((one) => one.is !== 'map' || one.open), at };
    }
    if (expression.is === 'product' || worths.every((one) => one.is === 'text' && one.number)) {
      const numbers = worths.map((one) =>
        one.is === 'text' && one.number ? Number(textIn(one)) : Number.NaN,
      );
      const result = numbers.reduce((one, other) =>
        expression.is === 'sum' ? one + other : one * other,
      );
      return Number.isSafeInteger(result)
        ? { is: 'text', value: { known: `${result}` }, number: true, at }
        : unknown(expression, site, 'the program works it out');
    }
    let text = '';
    let from: string | undefined;
    for (const worth of worths) {
      if (worth.is !== 'text' || 'unknown' in worth.value)
        return unknown(expression, site, 'a part of it is put in elsewhere');
      text += worth.value.known;
      from ??= worth.value.from;
    }
    return { is: 'text', value: { known: text, ...(from !== undefined && { from }) }, at };
  }

  #call(expression: Call, site: Site): Worth {
    const { callee, arguments: given } = expression;
    const at = place(expression, site);
    const name = callee.is === 'member' || callee.is === 'name' ? callee.name : '';
    const value = (index: number) => given[index]?.value;
    const worthOf = (index: number): Worth | undefined => {
      const argument = value(index);
      return argument && this.worth(argument, site);
    };
    const variable = this.#fromEnvironment(expression, name, site);
    if (variable) return variable;
    // What is done to a value and leaves it as it is.
    if (callee.is === 'member') {
      if (same.test(name) && given.length === 0) {
        const of = this.worth(callee.of, site);
        if (of.is !== 'unknown' && of.is !== 'made') return of;
      }
      if (/^(apply|also)$/.test(name)) {
        const [block] = given;
        if (block?.value.is === 'function')
          return this.#applied(
            this.worth(callee.of, site),
            block.value.scope,
            site,
            name === 'apply',
          );
      }
      if (name === 'unwrap' || name === 'orElse' || name === 'getOrDefault')
        return unknown(expression, site, 'the program works it out');
    }
    if (/^(String|Integer|Long|str|int|Number|parseInt)$/.test(name) && given.length === 1) {
      const inner = worthOf(0);
      return inner?.is === 'text' ? inner : unknown(expression, site, 'the program works it out');
    }
    if (name === 'valueOf' && given.length === 1 && callee.is === 'member') {
      const inner = worthOf(0);
      if (inner?.is === 'text') return inner;
    }
    // "a,b".split(",") is what a list is for Kafka.
    if (callee.is === 'member' && name === 'split' && given[0]?.value.is === 'text') {
      const of = this.worth(callee.of, site);
      if (of.is === 'text' && given[0].value.text === ',') return of;
    }
    const made = this.#collection(name, expression, site);
    if (made) return made;
    if (callee.is === 'name' || (callee.is === 'member' && isOwn(callee.of))) {
      const own = this.#function(name, [site.code, ...this.#world.beside(site.code, name)]);
      if (own) return this.#returned(own.scope, own.code, expression, site);
    }
    const full = this.#fullNameOfCallee(callee, site);
    const there = this.#function(name, this.#elsewhere(callee, full, site));
    if (there) return this.#returned(there.scope, there.code, expression, site);
    if (full !== undefined) return { is: 'made', by: full, call: expression, site, at };
    return unknown(expression, site, 'the program works it out');
  }

  /** What is called: by its module's name, or by the type of what it is a method of. */
  nameOfCallee(callee: Expression, site: Site): string | undefined {
    this.#steps = 0;
    return this.#fullNameOfCallee(callee, site);
  }

  #fullNameOfCallee(callee: Expression, site: Site): string | undefined {
    if (callee.is === 'name')
      return this.#isBound(callee.name, site) ? undefined : this.fullName(callee, site);
    if (callee.is !== 'member') return undefined;
    const root = rootOf(callee);
    if (root?.is === 'name' && !this.#isBound(root.name, site)) {
      const full = this.fullName(callee, site);
      if (full !== undefined) return full;
    }
    const of = this.worth(callee.of, site);
    if (of.is === 'made') return `${of.by}.${callee.name}`;
    if (of.is === 'name') return `${of.name}.${callee.name}`;
    return of.is === 'map' && of.type !== undefined ? `${of.type}.${callee.name}` : undefined;
  }

  #applied(base: Worth, scope: Scope, site: Site, isThis: boolean): Worth {
    const own = isThis ? 'this' : (scope.parameters[0]?.name ?? 'it');
    const isIt: IsIt = (of) => (of ? of.is === 'name' && of.name === own : isThis);
    const added = this.#additions(
      [...scopesIn(scope)],
      isIt,
      { ...site, scope },
      Number.POSITIVE_INFINITY,
    );
    if (base.is !== 'map') return base;
    return { ...base, members: [...base.members, ...added.members], open: base.open || added.open };
  }

  #collection(name: string, expression: Call, site: Site): Worth | undefined {
    const { arguments: given, callee } = expression;
    const at = place(expression, site);
    const of = callee.is === 'member' ? lastNameOf(callee.of) : '';
    if (name === 'dict') {
      const entries = given.map(
        ({ name: key, value }): Entry =>
          key === undefined || key === '**'
            ? { value }
            : { key: { is: 'text', text: key, start: value.start, end: value.end }, value },
      );
      return { is: 'map', ...this.#entries(entries, site), at };
    }
    if (
      /^(Properties|(Linked|Concurrent)?HashMap|TreeMap|(mutable|hash|linked)?[mM]apOf|buildMap|copyOf|unmodifiableMap|toMutableMap|toMap|copy)$/.test(
        name,
      )
    ) {
      if (/^(toM|copy$)/.test(name) && callee.is === 'member') return this.worth(callee.of, site);
      const entries = given
        .filter(({ value }) => !(value.is === 'text' && /^[\d.]+$/.test(value.text)))
        .map(({ value }): Entry => ({ value }));
      const [block] = given;
      const empty: Worth = { is: 'map', members: [], open: false, at };
      if (block?.value.is === 'function')
        return this.#applied(empty, block.value.scope, site, true);
      return { is: 'map', ...this.#entries(entries, site), at };
    }
    if (/^(of|singletonMap)$/.test(name) && /^(Map|ImmutableMap|Collections)$/.test(of)) {
      const entries: Entry[] = [];
      for (let index = 0; index + 1 < given.length; index += 2) {
        const [key, value] = [given[index]?.value, given[index + 1]?.value];
        if (key && value) entries.push({ key, value });
      }
      return { is: 'map', ...this.#entries(entries, site), at };
    }
    if (name === 'entry' && of === 'Map' && given[0] && given[1])
      return {
        is: 'map',
        ...this.#entries([{ key: given[0].value, value: given[1].value }], site),
        at,
      };
    if (name === 'ofEntries') return { is: 'map', ...this.#entries(given, site), at };
    const isList =
      /^(listOf|setOf|arrayOf|mutableListOf|asList|singletonList|singleton)$/.test(name) ||
      (name === 'of' && /^(List|Set|ImmutableList|ImmutableSet)$/.test(of));
    if (isList)
      return {
        is: 'list',
        items: given.map(({ value }) => this.worth(value, site)),
        open: false,
        at,
      };
    if (name === 'append' && callee.is === 'name' && given[0]) {
      const base = this.worth(given[0].value, site);
      return base.is === 'list' ? { ...base, open: true } : undefined;
    }
    return undefined;
  }

  /** `System.getenv("A")`, `os.environ.get("A", "b")`, and functions that are named for it. */
  #fromEnvironment(expression: Call, name: string, site: Site): Worth | undefined {
    const { callee, arguments: given } = expression;
    const isRead =
      (/^get_?env/i.test(name) && given.length > 0) ||
      (/^(get|getOrDefault)$/.test(name) &&
        callee.is === 'member' &&
        environmentIn(callee.of, site, this));
    if (!isRead) return undefined;
    const [first, second] = given;
    const variable = first && textIn(this.worth(first.value, site));
    const otherwise = second && this.worth(second.value, site);
    if (otherwise?.is === 'text') return defaulted(otherwise, variable ?? 'a variable');
    return unknown(expression, site, `${variable ?? 'a variable'} is put in from the environment`);
  }

  /** Files that may have a function: those of its module or class. */
  #elsewhere(callee: Expression, full: string | undefined, site: Site): readonly Code[] {
    if (full !== undefined) {
      const dot = full.lastIndexOf('.');
      return dot > 0 ? this.#world.other(site.code, full.slice(0, dot)) : [];
    }
    const isClass = callee.is === 'member' && callee.of.is === 'name';
    return isClass && /^[A-Z]/.test(callee.of.name)
      ? [site.code, ...this.#world.beside(site.code, callee.of.name)]
      : [];
  }

  #function(name: string, codes: readonly Code[]): { scope: Scope; code: Code } | undefined {
    for (const code of codes) {
      const found = [...scopesIn(code.scope)].filter(
        (scope) => scope.kind === 'function' && scope.name === name,
      );
      // `const options = () => ({...})`
      const held = code.scope.assignments.find(
        ({ target, value }) =>
          target.is === 'name' && target.name === name && value?.is === 'function',
      )?.value;
      if (held?.is === 'function') found.push(held.scope);
      if (found.length > 0)
        return found.length === 1 && found[0] ? { scope: found[0], code } : undefined;
    }
    return undefined;
  }

  #returned(scope: Scope, code: Code, expression: Call, site: Site): Worth {
    const [value, ...more] = scope.returns;
    if (!value || more.length > 0) return unknown(expression, site, 'the program works it out');
    const parameters = scope.parameters.filter(({ name }) => name !== 'self');
    const given = new Map(
      expression.arguments.flatMap(({ name, value: argument }, index) => {
        const parameter = name ?? parameters[index]?.name;
        return parameter === undefined ? [] : [[parameter, this.worth(argument, site)] as const];
      }),
    );
    return this.worth(value, { code, scope, given });
  }
}

const puts = /^(put|setProperty|set|SetKey)$/;
const putsIfAbsent = /^(putIfAbsent|setdefault)$/;
const putsAll = /^(putAll|update)$/;
const reads =
  /^(get|getProperty|getOrDefault|containsKey|has|size|keySet|entrySet|values|keys|items|copy|toString|forEach|stringPropertyNames|toMap|toMutableMap|toProperties|also|apply|let|Get|hashCode|equals|Validate)$/;
/** Functions that look at what they are given and leave it as it is. */
const looks =
  /^(print|println|log|info|debug|warn|warning|error|trace|format|dumps|stringify|len|copyOf|unmodifiableMap|deepcopy|dict|mapOf|listOf|create|kafka|producer|consumer|admin|assertEquals|assertThat|expect)$/;
const same =
  /^(toString|getName|getCanonicalName|getSimpleName|name|qualifiedName|strip|trim|toMap|copy|toMutableMap)$/;

/** A bare constructor of an object that is filled in by its fields, as `sarama.NewConfig()`. */
const isBare = ({ by }: { by: string }) => /sarama\.NewConfig$/.test(by);

/** `process.env`, `os.environ`, `System.getenv()`. */
function environmentIn(of: Expression, site: Site, evaluator: Evaluator): boolean {
  if (of.is === 'call')
    return of.callee.is === 'member' && of.callee.name === 'getenv' && of.arguments.length === 0;
  const full = evaluator.fullName(of, site);
  if (full === 'os.environ') return true;
  return (
    of.is === 'member' &&
    of.name === 'env' &&
    of.of.is === 'name' &&
    /^(process|Deno|Bun)$/.test(of.of.name)
  );
}

const isMap = /\.(Map|Properties|HashMap|MutableMap)$/;

import { type Patience, patience } from '../patience.ts';
import { type Break, type Direction, roles } from '../schema.ts';
import { type Kind, kinds } from './kinds.ts';
import type { ArrayShape, Limits, ObjectShape, Rest, Shape } from './model.ts';
import { canonical } from './parse.ts';

/**
 * Whether all that one schema lets through another takes, by the rules of Confluent's Schema Registry
 * (its strict policy) and with its names for what breaks. What was only widened is not mentioned.
 */
export function compareJsonSchemas(
  reader: Shape,
  writer: Shape,
  direction: Direction,
  wait: Patience = patience(),
): Break[] {
  const words = roles[direction];
  let known: Pairs = new Map();
  const broken: Pairs = new Map();
  let truncated = false;
  return distinctBreaks(settled()).map(({ kind, path, shown }) => {
    const [message, instead] = kinds[kind];
    return {
      path: `#/${path.join('/')}`,
      kind,
      message:
        `${message.replaceAll('{reader}', words.reader).replaceAll('{writer}', words.writer)}${shown ? ` (${shown})` : ''}.`.replace(
          /^./,
          (letter) => letter.toUpperCase(),
        ),
      instead,
    };
  });

  /** What is circular is compatible until something else isn't: asked again until nothing changes. */
  function settled(): readonly Found[] {
    for (let before = -1; ; ) {
      const breaks = compare(writer, reader, []);
      const count = [...broken.values()].reduce((sum, { size }) => sum + size, 0);
      if (!truncated || count === before) return breaks;
      before = count;
      known = new Map([...broken].map(([one, others]) => [one, new Map(others)]));
      truncated = false;
    }
  }

  function compare(from: Shape | undefined, to: Shape | undefined, path: Path): Found[] {
    if (!to) return [];
    if (!from) return [found('SCHEMA_ADDED', path)];
    return pair(resolved(from), resolved(to)).map((one) => ({
      ...one,
      path: [...path, ...one.path],
    }));
  }

  function pair(one: Shape, other: Shape): readonly Found[] {
    const before = known.get(one)?.get(other);
    if (before === assumed) truncated = true;
    if (before) return before;
    wait();
    put(known, one, other, assumed);
    const breaks = compareShapes(one, other, []);
    put(known, one, other, breaks);
    if (breaks.length > 0) put(broken, one, other, breaks);
    return breaks;
  }

  function isCovered(from: Shape, to: Shape): boolean {
    return compare(from, to, []).length === 0;
  }

  function compareShapes(from: Shape, to: Shape, path: Path): Found[] {
    if (from.kind !== 'combined' && to.kind === 'combined') {
      const isSum = to.criterion !== 'allOf';
      if ((isSum || to.parts.length === 1) && to.parts.some((part) => isCovered(from, part)))
        return [];
    }
    if (from.kind === 'combined' && to.kind !== 'combined') {
      const isProduct = from.criterion === 'allOf';
      if ((isProduct || from.parts.length === 1) && from.parts.some((part) => isCovered(part, to)))
        return [];
    }
    if (from.kind !== to.kind) {
      if (from.kind === 'nothing' || to.kind === 'anything') return [];
      // Decimals of Kafka Connect's converter: a string or a number, both stand for bytes.
      if (from.connectType === 'bytes' && to.connectType === 'bytes') return [];
      return [found('TYPE_CHANGED', path, `${shownKind(from)} to ${shownKind(to)}`)];
    }
    if (from.kind === 'string' && to.kind === 'string')
      return [
        ...compareLimits(from.limits, to.limits, path),
        ...pattern(from.pattern, to.pattern, path),
      ];
    if (from.kind === 'number' && to.kind === 'number')
      return [
        ...compareLimits(from.limits, to.limits, path),
        ...multiples(from.limits, to.limits, path),
        ...(to.whole && !from.whole ? [found('TYPE_NARROWED', path, 'number to integer')] : []),
      ];
    if (from.kind === 'const' && to.kind === 'const')
      return from.value === to.value ? [] : [found('ENUM_ARRAY_CHANGED', [...path, 'const'])];
    if (from.kind === 'enum' && to.kind === 'enum') return values(from.values, to.values, path);
    if (from.kind === 'not' && to.kind === 'not')
      return isCovered(to.shape, from.shape) ? [] : [found('NOT_TYPE_EXTENDED', [...path, 'not'])];
    if (from.kind === 'combined' && to.kind === 'combined') return combined(from, to, path);
    if (from.kind === 'object' && to.kind === 'object') return objects(from, to, path);
    if (from.kind === 'array' && to.kind === 'array') return arrays(from, to, path);
    return [];
  }

  function combined(from: Combined, to: Combined, path: Path): Found[] {
    const isSingle = ({ length }: readonly Shape[]) => length === 1;
    if (from.criterion !== to.criterion) {
      const isWidened =
        to.criterion === 'anyOf' ||
        (isSingle(from.parts) && (isSingle(to.parts) || to.criterion === 'oneOf')) ||
        (isSingle(to.parts) && from.criterion === 'allOf');
      if (!isWidened)
        return [found('COMBINED_TYPE_CHANGED', path, `${from.criterion} to ${to.criterion}`)];
    }
    const [ones, others] = [distinct(from.parts), distinct(to.parts)];
    const breaks: Found[] = [];
    if (ones.length < others.length && to.criterion === 'allOf')
      breaks.push(found('PRODUCT_TYPE_EXTENDED', path));
    if (ones.length > others.length && from.criterion !== 'allOf')
      breaks.push(found('SUM_TYPE_NARROWED', path));
    const matched = matching(ones, others, isCovered);
    if (matched < Math.min(ones.length, others.length))
      breaks.push(found('COMBINED_TYPE_SUBSCHEMAS_CHANGED', path));
    return breaks;
  }

  function objects(from: ObjectShape, to: ObjectShape, path: Path): Found[] {
    return [
      ...[...to.required].flatMap((name) =>
        isAsked(from, to, name)
          ? [found('REQUIRED_ATTRIBUTE_ADDED', [...path, 'required', name])]
          : [],
      ),
      ...[...new Set([...from.properties.keys(), ...to.properties.keys()])].flatMap((name) =>
        oneProperty(from, to, name, [...path, 'properties', name]),
      ),
      ...dependencies(from, to, [...path, 'dependencies']),
      ...others(from.additional, to.additional, propertyWords, [...path, 'additionalProperties']),
      ...unevaluated(from.unevaluated, to.unevaluated, 'PROPERTIES', [
        ...path,
        'unevaluatedProperties',
      ]),
      ...compareLimits(from.limits, to.limits, path),
    ];
  }

  /** Of a property that is new, {@link oneProperty} tells. One without a schema Confluent overlooks. */
  function isAsked(from: ObjectShape, to: ObjectShape, name: string): boolean {
    if (from.required.has(name)) return false;
    const shape = to.properties.get(name);
    return from.properties.has(name) ? !shape?.hasDefault : !shape;
  }

  function oneProperty(
    from: ObjectShape,
    to: ObjectShape,
    name: string,
    path: Path,
  ): readonly Found[] {
    const [one, other] = [from.properties.get(name), to.properties.get(name)];
    if (one && other) return compare(one, other, path);
    if (one) return removed(to, one, name, path);
    if (!other) return [];
    const isNeeded = to.required.has(name) && !other.hasDefault;
    if (isOpen(from)) {
      if (other.kind === 'anything') return [];
      if (isNeeded) return [found('REQUIRED_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL', path)];
      return to.required.has(name)
        ? [found('REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_OPEN_CONTENT_MODEL', path)]
        : [found('OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL', path)];
    }
    const cover = coverOf(from, name);
    return [
      ...(cover && !isCovered(cover, other)
        ? [found('PROPERTY_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL', path)]
        : []),
      ...(isNeeded ? [found('REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL', path)] : []),
    ];
  }

  function removed(to: ObjectShape, one: Shape, name: string, path: Path): Found[] {
    if (isOpen(to)) return [];
    const cover = coverOf(to, name);
    if (cover)
      return isCovered(one, cover)
        ? []
        : [found('PROPERTY_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL', path)];
    return one.kind === 'nothing'
      ? []
      : [found('PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL', path)];
  }

  function dependencies(from: ObjectShape, to: ObjectShape, path: Path): Found[] {
    const needed = [...to.neededWith].flatMap(([name, names]) => {
      const before = from.neededWith.get(name);
      if (!before) return [found('DEPENDENCY_ARRAY_ADDED', [...path, name])];
      if (isWithin(names, before)) return [];
      const kind = isWithin(before, names)
        ? 'DEPENDENCY_ARRAY_EXTENDED'
        : 'DEPENDENCY_ARRAY_CHANGED';
      return [found(kind, [...path, name])];
    });
    const shapes = [...to.shapesWith].flatMap(([name, shape]) => {
      const before = from.shapesWith.get(name);
      return before
        ? compare(before, shape, [...path, name])
        : [found('DEPENDENCY_SCHEMA_ADDED', [...path, name])];
    });
    return [...needed, ...shapes];
  }

  function arrays(from: ArrayShape, to: ArrayShape, path: Path): Found[] {
    const length = Math.max(from.each.length, to.each.length);
    return [
      ...compare(from.every, to.every, [...path, 'items']),
      ...Array.from({ length }, (_, index) =>
        oneItem(from, to, index, [...path, 'items', `${index}`]),
      ).flat(),
      ...others(from.additional, to.additional, itemWords, [...path, 'additionalItems']),
      ...unevaluated(from.unevaluated, to.unevaluated, 'ITEMS', [...path, 'unevaluatedItems']),
      ...compareLimits(from.limits, to.limits, path),
      ...(to.unique && !from.unique ? [found('UNIQUE_ITEMS_ADDED', [...path, 'uniqueItems'])] : []),
    ];
  }

  function oneItem(from: ArrayShape, to: ArrayShape, index: number, path: Path): readonly Found[] {
    const [one, other] = [from.each[index], to.each[index]];
    if (one && other) return compare(one, other, path);
    if (one) {
      if (isOpen(to)) return [];
      const cover = coverOf(to);
      if (cover)
        return isCovered(one, cover)
          ? []
          : [found('ITEM_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL', path)];
      return one.kind === 'nothing' ? [] : [found('ITEM_REMOVED_FROM_CLOSED_CONTENT_MODEL', path)];
    }
    if (!other) return [];
    if (isOpen(from))
      return other.kind === 'anything' ? [] : [found('ITEM_ADDED_TO_OPEN_CONTENT_MODEL', path)];
    const cover = coverOf(from);
    return cover && !isCovered(cover, other)
      ? [found('ITEM_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL', path)]
      : [];
  }

  function others(from: Rest, to: Rest, words: RestWords, path: Path): readonly Found[] {
    if (from.allowed !== to.allowed) return to.allowed ? [] : [found(words.removed, path)];
    if (!from.shape && to.shape) return [found(words.narrowed, path)];
    return compare(from.shape, to.shape, path);
  }

  function unevaluated(
    from: Shape | undefined,
    to: Shape | undefined,
    what: 'PROPERTIES' | 'ITEMS',
    path: Path,
  ): readonly Found[] {
    if (!to) return [];
    const [one, other] = [from?.kind ?? 'anything', to.kind];
    if (other === 'nothing')
      return one === 'nothing' ? [] : [found(`UNEVALUATED_${what}_REMOVED`, path)];
    if (!from) return [found(`UNEVALUATED_${what}_NARROWED`, path)];
    if (one === 'nothing') return [];
    if (one === 'anything' && other !== 'anything')
      return [found(`UNEVALUATED_${what}_NARROWED`, path)];
    return compare(from, to, path);
  }
}

type Path = readonly string[];
type Pairs = Map<Shape, Map<Shape, readonly Found[]>>;

/** The answer while it is being found. */
const assumed: readonly Found[] = [];

function put(pairs: Pairs, one: Shape, other: Shape, breaks: readonly Found[]): void {
  const of = pairs.get(one) ?? new Map<Shape, readonly Found[]>();
  pairs.set(one, of);
  of.set(other, breaks);
}

function distinctBreaks(breaks: readonly Found[]): Found[] {
  return [...new Map(breaks.map((one) => [`${one.kind} ${one.path.join('/')}`, one])).values()];
}

const isWithin = (some: ReadonlySet<string>, all: ReadonlySet<string>): boolean =>
  [...some].every((one) => all.has(one));

type Found = { readonly kind: Kind; readonly path: Path; readonly shown?: string };
type Combined = Shape & { kind: 'combined' };

const found = (kind: Kind, path: Path, shown?: string): Found => ({
  kind,
  path: path.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')),
  ...(shown !== undefined && { shown }),
});

const mostReferences = 50;

/** A reference that leads to nothing but itself lets everything through. */
function resolved(shape: Shape): Shape {
  let at = shape;
  for (let step = 0; at.kind === 'reference'; step++) {
    if (step > mostReferences) return { kind: 'anything', node: shape.node };
    at = at.to();
  }
  return at;
}

const shownKind = (shape: Shape): string =>
  shape.kind === 'number' && shape.whole
    ? 'integer'
    : shape.kind === 'combined'
      ? shape.criterion
      : shape.kind;

/** Keywords whose value may only grow, and those whose may only shrink. */
function compareLimits(from: Limits, to: Limits, path: Path): Found[] {
  return [...to].flatMap(([keyword, limit]) => {
    if (keyword === 'multipleOf') return [];
    const before = from.get(keyword);
    const name = keyword.replaceAll(/(?=[A-Z])/g, '_').toUpperCase();
    const isUpper = /^(max|exclusiveMax)/.test(keyword);
    if (before === undefined)
      return [found(`${name}_ADDED` as Kind, [...path, keyword], `${limit}`)];
    if (isUpper ? limit >= before : limit <= before) return [];
    const change = isUpper ? 'DECREASED' : 'INCREASED';
    return [found(`${name}_${change}` as Kind, [...path, keyword], `${before} to ${limit}`)];
  });
}

function multiples(from: Limits, to: Limits, path: Path): Found[] {
  const [before, now] = [from.get('multipleOf'), to.get('multipleOf')];
  const at = [...path, 'multipleOf'];
  if (now === undefined || before === now) return [];
  if (before === undefined) return [found('MULTIPLE_OF_ADDED', at)];
  if (isMultiple(now, before)) return [found('MULTIPLE_OF_EXPANDED', at)];
  return isMultiple(before, now) ? [] : [found('MULTIPLE_OF_CHANGED', at)];
}

/** Fractions too: 0.3 is three times 0.1, whatever floating point thinks. */
function isMultiple(number: number, of: number): boolean {
  if (of === 0) return false;
  const times = number / of;
  return Math.abs(times - Math.round(times)) < 1e-9;
}

function pattern(from: string | undefined, to: string | undefined, path: Path): Found[] {
  if (to === undefined || from === to) return [];
  return [found(from === undefined ? 'PATTERN_ADDED' : 'PATTERN_CHANGED', [...path, 'pattern'])];
}

function values(from: ReadonlySet<string>, to: ReadonlySet<string>, path: Path): Found[] {
  if (isWithin(from, to)) return [];
  const gone = [...from].filter((value) => !to.has(value)).slice(0, 20);
  const kind = isWithin(to, from) ? 'ENUM_ARRAY_NARROWED' : 'ENUM_ARRAY_CHANGED';
  return [found(kind, [...path, 'enum'], `without ${gone.join(', ')}`)];
}

/** Nothing stands in the way of other properties, or items. */
function isOpen(shape: ObjectShape | ArrayShape): boolean {
  const { additional, unevaluated } = shape;
  if (!additional.allowed || additional.shape) return false;
  if (shape.kind === 'object' && shape.patterns.length > 0) return false;
  return unevaluated === undefined || unevaluated.kind === 'anything';
}

/** What others must look like, where they may be there. */
function coverOf(shape: ObjectShape | ArrayShape, name?: string): Shape | undefined {
  if (shape.kind === 'object' && name !== undefined) {
    const matching = shape.patterns.find(({ pattern }) => pattern.test(name));
    if (matching) return matching.shape;
  }
  if (shape.additional.shape) return shape.additional.shape;
  const { unevaluated, additional } = shape;
  if (!additional.allowed || !unevaluated) return undefined;
  return unevaluated.kind === 'nothing' || unevaluated.kind === 'anything'
    ? undefined
    : unevaluated;
}

function distinct(parts: readonly Shape[]): Shape[] {
  const seen = new Map<string, Shape>();
  for (const part of parts) {
    // The types of one `type` list share their node.
    const key = `${shownKind(part)} ${canonical(part.node)}`;
    if (!seen.has(key)) seen.set(key, part);
  }
  return [...seen.values()];
}

/** How many pairs can be made at most, each part used once. */
function matching(
  ones: readonly Shape[],
  others: readonly Shape[],
  fits: (one: Shape, other: Shape) => boolean,
): number {
  const partner = new Map<Shape, Shape>();
  const fitting = new Map(ones.map((one) => [one, others.filter((other) => fits(one, other))]));
  const place = (one: Shape, tried: Set<Shape>): boolean =>
    (fitting.get(one) ?? []).some((other) => {
      if (tried.has(other)) return false;
      tried.add(other);
      const holder = partner.get(other);
      if (holder && !place(holder, tried)) return false;
      partner.set(other, one);
      return true;
    });
  return ones.filter((one) => place(one, new Set())).length;
}

type RestWords = { readonly removed: Kind; readonly narrowed: Kind };
const propertyWords: RestWords = {
  removed: 'ADDITIONAL_PROPERTIES_REMOVED',
  narrowed: 'ADDITIONAL_PROPERTIES_NARROWED',
};
const itemWords: RestWords = {
  removed: 'ADDITIONAL_ITEMS_REMOVED',
  narrowed: 'ADDITIONAL_ITEMS_NARROWED',
};

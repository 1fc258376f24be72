import type { Evaluator } from '../../code/evaluate.ts';
import type { Call } from '../../code/program.ts';
import { type Member, memberOf, place, type Site, type Worth } from '../../code/worth.ts';
import type { Setting, Value } from '../../facts/setting.ts';
import { type Maker, plainName, valueNames } from './clients.ts';

export type Read = { readonly settings: readonly Setting[]; readonly open: boolean };

/** What a constructor is given, in Kafka's words. */
export function settingsOf(maker: Maker, call: Call, site: Site, evaluator: Evaluator): Read {
  const { members, open } = membersOf(maker, call, site, evaluator);
  return { settings: members.flatMap((member) => settingOf(maker, member)), open };
}

type Members = { readonly members: readonly Member[]; readonly open: boolean };

function membersOf({ from }: Maker, call: Call, site: Site, evaluator: Evaluator): Members {
  switch (from.is) {
    case 'map': {
      const argument = call.arguments[from.argument]?.value;
      if (!argument) return { members: [], open: false };
      const worth = evaluator.ask(argument, site);
      // A nil configuration of Go is one that nobody made.
      if (worth.is !== 'map') return { members: [], open: !isNothing(worth) };
      const inner = from.below === undefined ? undefined : memberOf(worth, from.below);
      if (inner === undefined) return worth;
      const own = worth.members.filter(({ key }) => key !== from.below);
      return inner.is === 'map'
        ? { members: [...own, ...inner.members], open: worth.open || inner.open }
        : { members: own, open: true };
    }
    case 'keywords': {
      const maps = call.arguments.filter(({ name }) => name === '**');
      const worths = maps.map(({ value }) => evaluator.ask(value, site));
      const named = call.arguments.flatMap(({ name, value }): Member[] =>
        name === undefined || name.startsWith('*')
          ? []
          : [{ key: name, keyAt: place(value, site), worth: evaluator.ask(value, site) }],
      );
      return {
        members: [...worths.flatMap((one) => (one.is === 'map' ? one.members : [])), ...named],
        open: worths.some((one) => one.is !== 'map' || one.open),
      };
    }
    case 'options': {
      const given = call.arguments.flatMap(({ value }): (Worth | undefined)[] => {
        const worth = evaluator.ask(value, site);
        if (worth.is !== 'list') return [worth];
        return worth.open ? [...worth.items, undefined] : [...worth.items];
      });
      const members = given.flatMap((worth): Member[] => {
        if (worth?.is !== 'made' || !worth.call) return [];
        const key = worth.by.slice(worth.by.lastIndexOf('.') + 1);
        const option = worth.call.arguments[0]?.value;
        return [
          {
            key,
            keyAt: worth.at,
            worth: option ? evaluator.ask(option, worth.site) : onOrOff(key, worth.at),
          },
        ];
      });
      return { members, open: given.some((worth) => worth?.is !== 'made' || !worth.call) };
    }
  }
}

const isNothing = (worth: Worth): boolean =>
  worth.is === 'unknown' && /^(nil|null|undefined|None) is put in elsewhere$/.test(worth.why);

/** `kgo.DisableAutoCommit()` says it all. */
const onOrOff = (option: string, at: Member['keyAt']): Worth => ({
  is: 'text',
  value: { known: option.startsWith('Disable') ? 'false' : 'true' },
  at,
});

function settingOf(maker: Maker, { key, keyAt, worth }: Member): Setting[] {
  const { names, values, library } = maker;
  // KafkaJS has them one further in.
  const retries = key === 'retry' && worth.is === 'map' ? memberOf(worth, 'retries') : undefined;
  if (retries)
    return settingOf(
      { ...maker, names: { retries: 'retries' } },
      { key: 'retries', keyAt, worth: retries },
    );
  const own = names === 'dotted' ? dotted(key) : (names?.[key] ?? key);
  // What is no setting of Kafka's, under a name of the library's own.
  if (names && names !== 'dotted' && library !== 'librdkafka' && !(key in names)) return [];
  const value = settingValue(worth, own);
  const changed = 'known' in value ? values?.[own]?.[value.known] : undefined;
  return [
    {
      key: own,
      ...(own !== key && { written: key }),
      value: changed === undefined ? value : { ...value, known: changed },
      keyAt,
      valueAt: worth.at,
      ...(!(worth.is === 'text' && worth.quoted) && { bare: true as const }),
    },
  ];
}

/** enable_idempotence; its own names for what Kafka calls otherwise stay. */
const dotted = (key: string): string =>
  key === 'max_batch_size' ? 'batch.size' : key.replaceAll('_', '.');

function settingValue(worth: Worth, key: string): Value {
  switch (worth.is) {
    case 'text':
      return 'known' in worth.value && key === 'acks' && worth.value.known === '-1'
        ? { ...worth.value, known: 'all' }
        : worth.value;
    case 'list': {
      const texts = worth.items.map((item) =>
        item.is === 'text' && 'known' in item.value ? item.value.known : undefined,
      );
      return worth.open || texts.includes(undefined)
        ? { unknown: 'not all of it is in the file' }
        : { known: texts.join() };
    }
    case 'name':
    case 'made': {
      const name = worth.is === 'name' ? worth.name : worth.by;
      const found = valueNames.find(([pattern]) => pattern.test(name));
      if (found) return { known: found[1] };
      const isConversion = worth.is === 'made' && /\.(RequiredAcks|TCP)$/.test(plainName(name));
      return {
        unknown: isConversion ? 'it is converted' : `the program has ${name} for it`,
      };
    }
    case 'map':
      return { unknown: 'it is no plain value' };
    case 'unknown':
      return { unknown: worth.why };
  }
}

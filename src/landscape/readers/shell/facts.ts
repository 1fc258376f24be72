import type { Command } from '../../facts/command.ts';
import type { Configuration, Setting } from '../../facts/configuration.ts';
import { type Facts, landscapeOf } from '../../facts/index.ts';
import type { Topic } from '../../facts/topic.ts';
import { optionOf, optionsOf } from '../../options.ts';
import { connectorsOfCurl } from '../connect/curl.ts';
import type { ToolCall } from './tools.ts';
import type { Word } from './words.ts';

/** What calls of tools say of Kafka. */
export function factsOf(calls: readonly ToolCall[]): Facts {
  return landscapeOf(
    calls
      .map((call) => (call.tool === 'curl' ? ofCurl(call) : ofKafka(call)))
      .concat({ commands: commandsOf(calls) }),
  );
}

const ofCurl = (call: ToolCall): Facts => ({ configurations: connectorsOfCurl(call) });

/** In a loop the same words are called several times. */
function commandsOf(calls: readonly ToolCall[]): Command[] {
  const found = new Map<string, Command>();
  for (const call of calls) {
    const place = `${call.at.line}:${call.at.column}`;
    if (call.tool !== 'curl' && !found.has(place)) found.set(place, commandOf(call));
  }
  return [...found.values()];
}

const commandOf = ({ tool, at, words }: ToolCall): Command => ({ tool, at, words });

function ofKafka(call: ToolCall): Facts {
  switch (call.tool) {
    case 'kafka-topics':
      return createdTopic(call);
    case 'kafka-configs':
      return alteredTopic(call);
    default:
      return {};
  }
}

function createdTopic(call: ToolCall): Facts {
  const command = commandOf(call);
  const name = optionOf(command, '--topic')?.value;
  if (!optionOf(command, '--create') || !name) return {};
  const [partitions, copies] = [
    optionOf(command, '--partitions')?.value,
    optionOf(command, '--replication-factor')?.value,
  ];
  const settings = optionsOf(command)
    .filter((option) => option.name === '--config')
    .flatMap(({ value }) => settingsIn(call.words.find((word) => word === value)));
  const configuration =
    settings.length > 0 ? configurationOf(call, name.value, settings) : undefined;
  const topic: Topic = {
    name,
    at: call.at,
    by: 'kafka-topics',
    ...(partitions && { partitions }),
    ...(copies && { replicationFactor: copies }),
    ...(configuration && { configuration }),
  };
  return { topics: [topic], configurations: configuration ? [configuration] : [] };
}

/** `kafka-configs --alter --entity-type topics --entity-name orders --add-config a=b,c=[d,e]`. */
function alteredTopic(call: ToolCall): Facts {
  const command = commandOf(call);
  const type = optionOf(command, '--entity-type')?.value?.value;
  const name =
    optionOf(command, '--topic')?.value ??
    (type && 'known' in type && type.known === 'topics'
      ? optionOf(command, '--entity-name')?.value
      : undefined);
  const added = optionOf(command, '--add-config')?.value;
  const word = call.words.find((one) => one === added);
  if (!name || !word) return {};
  const settings = settingsIn(word, /,(?![^[]*\])/g);
  // What it had before stays.
  const configuration = { ...configurationOf(call, name.value, settings), open: true as const };
  return { configurations: settings.length > 0 ? [configuration] : [] };
}

const configurationOf = (
  { at }: ToolCall,
  name: Word['value'],
  settings: readonly Setting[],
): Configuration => ({
  kind: 'topic',
  file: at.file,
  at,
  settings,
  ...('known' in name && { name: name.known }),
});

/** `key=value`, or several of them. */
function settingsIn(word: Word | undefined, separator?: RegExp): Setting[] {
  if (!word || !('known' in word.value)) return [];
  const { known, from } = word.value;
  const starts = separator
    ? [0, ...Array.from(known.matchAll(separator), ({ index }) => index + 1)]
    : [0];
  return starts.flatMap((start, index) => {
    const end = starts[index + 1] === undefined ? known.length : (starts[index + 1] ?? 0) - 1;
    const equals = known.indexOf('=', start);
    if (equals === -1 || equals >= end) return [];
    const [key, text] = [known.slice(start, equals), known.slice(equals + 1, end)];
    // Of a list the brackets belong to the tool.
    const bracket = separator && /^\[.*\]$/s.test(text) ? 1 : 0;
    return [
      {
        key: key.trim(),
        value: {
          known: text.slice(bracket, text.length - bracket),
          ...(from !== undefined && { from }),
        },
        keyAt: word.part(start, equals),
        valueAt: word.part(equals + 1 + bracket, end - bracket),
      },
    ];
  });
}

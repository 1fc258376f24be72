import { type PropertyLine, propertyLines } from '../../../files/formats/properties.ts';
import type { Clue } from '../finding.ts';
import { bootstrapClues, listenerProtocols, protocolClues } from '../known/protocols.ts';
import type { Reader } from './reader.ts';

// By content: config/server.properties is also where Minecraft keeps its settings.
export const brokerProperties: Reader = {
  files: /\.properties$/i,
  mentions: /^[ \t]*(process\.roles|broker\.id|node\.id)[ \t]*[=:]/m,
  read(file) {
    const settings = propertyLines(file.text);
    const setting = (key: string) => settings.findLast((one) => one.key === key);
    const identity = setting('process.roles') ?? setting('broker.id');
    if (!identity) return [];
    const { line } = identity;
    const why = 'configures a broker of its own';
    return [
      { answer: 'deployment', value: 'bare-metal', line, why, strength: 'hinted' },
      ...sizeClues(setting),
      ...listenerClues(setting),
    ];
  },
};

type Setting = (key: string) => PropertyLine | undefined;

function sizeClues(setting: Setting): Clue[] {
  const replication = setting('default.replication.factor');
  const voters =
    setting('controller.quorum.voters') ?? setting('controller.quorum.bootstrap.servers');
  const clues: Clue[] = [];
  if (replication && Number(replication.value) >= 3) {
    const why = `replicates ${replication.value} times`;
    clues.push({ answer: 'tier', value: 2, line: replication.line, why, strength: 'declared' });
  }
  if (voters?.value.includes(',')) {
    const why = 'has a quorum of several controllers';
    clues.push({ answer: 'tier', value: 2, line: voters.line, why, strength: 'declared' });
  }
  return clues;
}

function listenerClues(setting: Setting): Clue[] {
  const listeners = setting('listeners') ?? setting('advertised.listeners');
  if (!listeners) return [];
  const map = setting('listener.security.protocol.map')?.value ?? '';
  return protocolClues(listenerProtocols(listeners.value, map), listeners.line, listeners.key);
}

export const clientProperties: Reader = {
  files: /\.properties$/i,
  mentions: /^[ \t]*bootstrap\.servers[ \t]*[=:]/m,
  read(file) {
    const settings = propertyLines(file.text);
    return settings.flatMap(({ key, value, line }) => {
      if (key === 'bootstrap.servers') return bootstrapClues(value, line);
      return key === 'security.protocol' ? protocolClues(value, line, key) : [];
    });
  },
};

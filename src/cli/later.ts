import { Option } from 'commander';
import { available } from '../catalog/choices.ts';
import { refuse } from '../errors.ts';

/** Flags of `krafter new` that belong to tiers which can not be generated yet. */
export const laterFlags = [
  { flag: '--connector', brings: 'connectors' },
  { flag: '--pattern', brings: 'event patterns' },
  { flag: '--region', brings: 'regions' },
  { flag: '--topology', brings: 'several clusters' },
] as const;

export const laterOption = ({ flag, brings }: (typeof laterFlags)[number]): Option =>
  new Option(`${flag} <name>`).hideHelp().argParser(() => {
    const today = available.tier.join(' and ');
    throw refuse({
      what: `${flag} is not available yet: ${brings} come with later tiers; today there are tiers ${today}.`,
      where: flag,
      next: `Leave it out, with --tier ${available.tier.join(' or ')}.`,
    });
  });

import type { Configuration, Setting } from '../../../landscape/facts/configuration.ts';
import { aliasesIn, calledConnector, connectorsOf } from '../../connect.ts';
import type { Found, Rule } from '../../rule.ts';
import { settingOf, textOf } from '../../settings.ts';

export const brokenTransforms: Rule = {
  code: 'KN029',
  title: 'A transformation that is listed or set up, not both',
  severity: 'error',
  confidence: 'high',
  story:
    'Listed without a type, the connector is refused. Set up and not listed, the transformation does not run: the field that it masks is not masked, and nothing tells.',
  source: 'ConnectorConfig.enrich, transformationStages',
  noFix: 'whether the list or the settings are wrong is not in the file',
  *check(known) {
    for (const connector of connectorsOf(known)) {
      if (connector.open) continue;
      yield* missing(connector);
      yield* unlisted(connector);
    }
  },
};

function* missing(connector: Configuration): Iterable<Found> {
  for (const list of ['transforms', 'predicates']) {
    const setting = settingOf(connector, list);
    for (const alias of aliasesIn(connector, list)) {
      if (!setting || settingOf(connector, `${list}.${alias}.type`)) continue;
      yield {
        at: setting.valueAt,
        says: `${list} of ${calledConnector(connector)} has ${alias}, and there is no ${list}.${alias}.type.`,
        next: `Set ${list}.${alias}.type, or take ${alias} out of the list.`,
      };
    }
  }
}

function* unlisted(connector: Configuration): Iterable<Found> {
  const setting = settingOf(connector, 'transforms');
  // A list that files don't tell may have it.
  if (setting && textOf(setting) === undefined) return;
  const listed = aliasesIn(connector, 'transforms');
  const said = new Set<string>();
  for (const one of connector.settings) {
    const alias = aliasOf(one);
    if (alias === undefined || listed.includes(alias) || said.has(alias)) continue;
    said.add(alias);
    yield {
      at: one.keyAt,
      says: `${alias} is no transformation of ${calledConnector(connector)}: transforms ${setting ? `is ${textOf(setting)}` : 'is not set'}.`,
      next: `Add ${alias} to transforms, or remove what sets it up.`,
    };
  }
}

const aliasOf = ({ key }: Setting): string | undefined =>
  /^transforms\.([^.]+)\.type$/.exec(key)?.[1];

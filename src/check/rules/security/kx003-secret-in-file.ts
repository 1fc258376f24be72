import type { Setting } from '../../../landscape/facts/configuration.ts';
import type { Known, Rule } from '../../rule.ts';

export const secretInFile: Rule = {
  code: 'KX003',
  title: 'A password that everybody with the repository has',
  severity: 'warning',
  confidence: 'medium',
  production: true,
  guards: ['security'],
  story:
    'Somebody leaves, a laptop is lost, a fork is made public: from then on others read and write with the rights of this user, and nobody can tell them apart. The password stays in the history when the line is gone.',
  source: "Kafka's documentation, Externalizing Secrets (KIP-297, KIP-421)",
  noFix: 'the secret must be changed, and kept somewhere else',
  *check(known) {
    const said = new Set<string>();
    for (const setting of settingsOf(known)) {
      const { value, valueAt, key } = setting;
      const secret = 'known' in value ? secretIn(key, value.known.trim()) : undefined;
      if (secret === undefined || isStandIn(secret)) continue;
      const places = [`${valueAt.file} ${secret}`, `${valueAt.file}:${valueAt.line}`];
      if (places.some((place) => said.has(place))) continue;
      for (const place of places) said.add(place);
      yield {
        at: valueAt,
        says: `The value of ${setting.written ?? key} is written out here.`,
        next: 'Take it from a config provider or a Secret, and change it: the history has it too.',
      };
    }
  },
};

const settingsOf = ({ landscape }: Known): Setting[] => [
  ...landscape.configurations.flatMap(({ settings }) => settings),
  ...landscape.workloads.flatMap(({ environment }) =>
    environment.filter(({ key }) => /^KAFKA_.*(PASSWORD|SECRET)S?$/.test(key)),
  ),
];

/** Trust stores and certificates are no secrets, whatever the type of their key. */
function secretIn(key: string, text: string): string | undefined {
  if (/truststore|certificate/i.test(key)) return undefined;
  if (/sasl[._]jaas[._]config$/i.test(key))
    return /\b(?:password|clientSecret|oauth\.client\.secret)\s*=\s*(["']?)([^"';\s]+)\1/.exec(
      text,
    )?.[2];
  return /(^|[._-])(password|passphrase|secret|keystore[._]key)s?$/i.test(key) ? text : undefined;
}

/** Those of tutorials and images: where they are, nothing is meant to be safe. */
const wellKnown =
  /^(dbz|debezium|postgres|mysql|mysqlpw|admin|admin-?secret|alice-secret|pass(word|wd)?\d*|kafka|root|test\d*|secret|guest|confluent|minio(admin)?|user\d*)$/i;

/** What nobody takes for the real one, and what tells where the real one is. */
function isStandIn(text: string): boolean {
  return (
    text === '' ||
    /^(true|false|null|none|todo|\*+|x+|\.+|-+)$/i.test(text) ||
    wellKnown.test(text) ||
    /change[-_ ]?(it|me|this)|your|replace|example|placeholder|dummy|secret[-_]?(here|name)|redacted/i.test(
      text,
    ) ||
    /[<>{}$%]|^\/|^(env|file|vault|secret|ref|arn|ssm|sops|enc)[:+(]/i.test(text)
  );
}

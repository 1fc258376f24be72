import { isSecured, type Platform } from '../../../model/platform.ts';
import { commandsFor } from '../../commands.ts';
import { bullets, code, type Section } from '../../markdown.ts';
import { passwords } from '../../security/index.ts';

export function secrets(platform: Platform): Section | undefined {
  const all = passwords(platform);
  if (all.length === 0) return undefined;
  return {
    heading: 'Secrets',
    blocks: [
      bullets([
        `Passwords are in \`.env\` (mode 600, ignored by git, in no other file of this project): ${all.map(({ variable }) => code(variable)).join(', ')}. [security/secrets.sh](security/secrets.sh) makes those that are missing and changes none. \`krafter up\` refuses while git tracks \`.env\`.`,
        ...(isSecured(platform)
          ? [
              'Keys and certificates are in `security/secrets/`, ignored by git too. `ca.key` signs new certificates: whoever has it can be any node. Keep it off the brokers in production, and a copy in a safe place.',
              `To change a service's password: put the new one into \`.env\`, tell Kafka (\`kafka-configs.sh --alter --entity-type users --entity-name USER --add-config-file FILE\`, with \`SCRAM-SHA-512=[password=NEW]\` in the file), then start the service again: ${code(commandsFor(platform).restartService('SERVICE'))}.`,
            ]
          : []),
      ]),
    ],
  };
}

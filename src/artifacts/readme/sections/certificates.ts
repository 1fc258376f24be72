import { isSecured, type Platform } from '../../../model/platform.ts';
import { commandsFor } from '../../commands.ts';
import { fence, paragraph, type Section, steps } from '../../markdown.ts';

/** Also where the alerts about certificates point to: its heading is theirs. */
export const certificatesHeading = 'Certificates';

export function certificates(platform: Platform): Section | undefined {
  if (!isSecured(platform)) return undefined;
  const { name } = platform.clusters[0].nodes[0];
  const alone = platform.clusters[0].nodes.length === 1;
  return {
    heading: certificatesHeading,
    blocks: [
      paragraph(
        `[security/certs.sh](security/certs.sh) is the CA of this platform. It makes ${
          alone ? 'the certificate of the node' : 'one certificate for each node'
        } in [kafka/nodes.conf](kafka/nodes.conf) and changes none that is there.`,
      ),
      fence(
        'sh',
        [
          'security/certs.sh status           # until when; exit code 1 below 30 days',
          `security/certs.sh renew ${name}   # a new key and certificate`,
          ...commandsFor(platform).deliver(name),
        ].join('\n'),
      ),
      paragraph(
        alone
          ? 'A new CA, without an outage longer than these restarts:'
          : 'Renew one node at a time: the next when no partition is under-replicated. A new CA, without an outage:',
      ),
      steps([
        `\`security/certs.sh rotate-ca\`: \`ca.pem\` now holds both CAs. Give it to ${
          alone
            ? 'the node and its clients, and restart them.'
            : 'all nodes and clients, and restart them one after the other.'
        }`,
        alone
          ? `\`security/certs.sh renew ${name}\`, and restart it as above.`
          : '`security/certs.sh renew NODE` and restart it, for each node.',
        '`security/certs.sh retire-ca`: `ca.pem` holds the new CA only. Give it to all once more, and restart.',
      ]),
    ],
  };
}

import { isSecured, type Platform, type Principal } from '../../../model/platform.ts';
import { code, markdownTable, paragraph, type Section } from '../../markdown.ts';

export function rights(platform: Platform): Section | undefined {
  if (!isSecured(platform)) return undefined;
  const [{ principals, nodes }] = platform.clusters;
  return {
    heading: 'Who may do what',
    blocks: [
      markdownTable(
        ['user', 'login', 'writes', 'reads', 'in group'],
        principals.map((principal) => [
          code(principal.name),
          login(principal),
          ...granted(principal),
        ]),
      ),
      paragraph(
        `Everything else is denied, and the denial is a line in the log of the broker (\`kafka-authorizer.log\`, and its standard output). \`admin\` is for people and [topics/apply.sh](topics/apply.sh); ${
          nodes.length === 1
            ? 'the broker logs in to itself as `broker`, and to its controller by certificate.'
            : 'brokers log in to each other as `broker`; controllers know each node by its certificate.'
        }`,
      ),
    ],
  };
}

const login = ({ authentication }: Principal): string =>
  authentication === 'scram' ? 'password' : 'certificate';

const granted = (principal: Principal): string[] => {
  const names = (list: readonly string[]) => list.map(code).join(', ');
  return principal.kind === 'super'
    ? ['everything', 'everything', 'any']
    : [principal.produce, principal.consume, principal.groups].map(names);
};

import type { Rule } from '../../rule.ts';

export const dockerSocket: Rule = {
  code: 'KD010',
  title: 'A broker that may do everything with its machine',
  severity: 'warning',
  confidence: 'high',
  guards: ['security'],
  story:
    'Somebody gets into the broker, and starts a container with the whole disk of the host: who may talk to Docker is root there.',
  source: 'https://docs.docker.com/engine/security/#docker-daemon-attack-surface',
  noFix: 'A script may ask Docker for the port to advertise.',
  *check({ landscape }) {
    const said = new Set<string>();
    for (const { runs, mounts, name, network } of landscape.workloads) {
      const socket = mounts.find(({ source }) => source?.endsWith('/docker.sock'));
      if (!socket || runs !== 'broker' || said.has(network)) continue;
      said.add(network);
      yield {
        at: socket.at,
        says: `${name} has the socket of Docker.`,
        next: 'Leave it out; advertised.listeners says what clients need.',
      };
    }
  },
};

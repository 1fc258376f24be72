import { versions } from '../../catalog/versions.ts';

export type RuntimeId = 'python' | 'node' | 'go' | 'java';

/** How applications in a language are built and run where they are deployed. */
export type Runtime = {
  readonly id: RuntimeId;
  /** What a machine needs to build and run it, and from which version on. */
  readonly needs: string;
  readonly minimum: string;
  /** The file that pins every dependency, in the application's folder. */
  readonly pinned: string;
  /** A person's own commands in the application's folder; the last one runs a part of it. */
  readonly byHand: (name: string) => {
    readonly prepare: string;
    readonly run: string;
  };
  /** The words before a part's own, in the kit's image. */
  readonly inImage: (name: string) => readonly string[];
  /** The same on a machine, with the application in a folder. */
  readonly onMachine: (folder: string, name: string) => readonly string[];
  /** Fails unless the URL answers 200, with what the kit's image has. */
  readonly readiness: (url: URL) => readonly string[];
};

export const runtimes: Readonly<Record<RuntimeId, Runtime>> = {
  python: {
    id: 'python',
    needs: `Python ${versions.python.minimum} or newer`,
    minimum: versions.python.minimum,
    pinned: 'requirements.lock',
    byHand: () => ({
      prepare: 'python3 -m venv .venv && .venv/bin/pip install -r requirements.lock',
      run: 'PYTHONPATH=src .venv/bin/python',
    }),
    inImage: () => ['python'],
    onMachine: (folder) => [`${folder}/.venv/bin/python`],
    readiness: (url) => [
      'python',
      '-c',
      `import urllib.request; urllib.request.urlopen('${url}', timeout=4)`,
    ],
  },
  node: {
    id: 'node',
    needs: `Node.js ${versions.node.minimum} or newer`,
    minimum: versions.node.minimum,
    pinned: 'package-lock.json',
    byHand: () => ({ prepare: 'npm ci', run: 'node' }),
    inImage: () => ['node'],
    onMachine: () => ['node'],
    readiness: (url) => [
      'node',
      '-e',
      `fetch('${url}').then(({ ok }) => process.exit(ok ? 0 : 1))`,
    ],
  },
  go: {
    id: 'go',
    needs: `Go ${versions.go.minimum} or newer`,
    minimum: versions.go.minimum,
    pinned: 'go.sum',
    byHand: () => ({ prepare: 'go build -o bin/ ./cmd/app', run: 'bin/app' }),
    inImage: () => ['app'],
    onMachine: (folder) => [`${folder}/bin/app`],
    // A slim image has nothing else that speaks HTTP.
    readiness: (url) => ['app', 'ready', url.origin],
  },
  java: {
    id: 'java',
    needs: `a JDK ${versions.java.minimum} or newer and Maven`,
    minimum: String(versions.java.minimum),
    pinned: 'pom.xml',
    byHand: (name) => ({
      prepare: 'mvn -q package -DskipTests',
      run: `java -jar target/${name}.jar`,
    }),
    inImage: (name) => ['java', '-jar', `target/${name}.jar`],
    onMachine: (folder, name) => ['java', '-jar', `${folder}/target/${name}.jar`],
    // The image has no program for HTTP, but bash.
    readiness: ({ hostname, port, pathname }) => [
      'bash',
      '-c',
      `exec 3<>/dev/tcp/${hostname}/${port}; printf 'GET ${pathname} HTTP/1.0\\r\\n\\r\\n' >&3; head -n1 <&3 | grep -q ' 200'`,
    ],
  },
};

import { z } from 'zod';
import { TypedError } from '../errors.ts';
import { quoted } from '../quoted.ts';
import { type Format, type Mode, modes } from '../schemas/schema.ts';

/** A schema registry that speaks Confluent's API: its own, Karapace, Apicurio under /apis/ccompat/v7. */
export type Registry = { readonly url: string; readonly headers: Readonly<Record<string, string>> };

export type SubjectVersion = {
  readonly version: number;
  readonly format: Format;
  readonly text: string;
  /** By the names under which it uses them, those first that others need. */
  readonly references: ReadonlyMap<string, string>;
};

const longestMs = 4_500;
const mostBytes = 4_000_000;
const mostReferences = 100;

/** Where it is says the environment only; what a question names never becomes an address. */
export function registryOf(env: Readonly<Record<string, string | undefined>>): Registry {
  const given = env.SCHEMA_REGISTRY_URL;
  const url = given === undefined ? null : URL.parse(given);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new TypedError('invalid', {
      what: given ? 'SCHEMA_REGISTRY_URL is no address.' : 'Nothing says where the registry is.',
      where: 'SCHEMA_REGISTRY_URL',
      next: 'Set SCHEMA_REGISTRY_URL, and SCHEMA_REGISTRY_BASIC_AUTH_USER_INFO=user:password where it asks for them.',
    });
  const inside = url.username ? `${url.username}:${url.password}` : undefined;
  const user = env.SCHEMA_REGISTRY_BASIC_AUTH_USER_INFO ?? (inside && decodeURIComponent(inside));
  return {
    url: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
    headers: {
      accept: 'application/vnd.schemaregistry.v1+json, application/json',
      ...(user ? { authorization: `Basic ${Buffer.from(user).toString('base64')}` } : {}),
    },
  };
}

/** What a new schema of the subject has to keep to: its own level, or that of all. */
export async function levelOf(
  registry: Registry,
  subject: string,
  signal: AbortSignal,
): Promise<Mode> {
  const level = z.object({ compatibilityLevel: z.enum(modes) });
  const ask = (path: string) => asked(registry, path, level, signal);
  try {
    return (await ask(`/config/${encodeURIComponent(subject)}?defaultToGlobal=true`))
      .compatibilityLevel;
  } catch (error) {
    if (!(error instanceof TypedError) || error.kind !== 'not-found') throw error;
    return (await ask('/config')).compatibilityLevel;
  }
}

/** The last versions of a subject, the oldest first. */
export async function subjectVersions(
  registry: Registry,
  subject: string,
  most: number,
  signal: AbortSignal,
): Promise<readonly SubjectVersion[]> {
  const path = `/subjects/${encodeURIComponent(subject)}/versions`;
  const numbers = await asked(registry, path, z.array(z.int()), signal);
  const versions: SubjectVersion[] = [];
  for (const number of numbers.toSorted((a, b) => a - b).slice(-most)) {
    const { schema, schemaType, references } = await version(registry, subject, number, signal);
    const found = new Map<string, string>();
    await resolve(registry, references, found, signal);
    versions.push({
      version: number,
      format: formats[schemaType],
      text: schema,
      references: found,
    });
  }
  return versions;
}

const formats = { AVRO: 'avro', PROTOBUF: 'protobuf', JSON: 'json' } as const;
const reference = z.object({ name: z.string(), subject: z.string(), version: z.int() });
const registered = z.object({
  schema: z.string(),
  /** Left out of Avro's. */
  schemaType: z.enum(['AVRO', 'PROTOBUF', 'JSON']).default('AVRO'),
  references: z.array(reference).nullish(),
});
type References = z.infer<typeof registered>['references'];

const version = (registry: Registry, subject: string, number: number, signal: AbortSignal) =>
  asked(
    registry,
    `/subjects/${encodeURIComponent(subject)}/versions/${number}`,
    registered,
    signal,
  );

/** Those that a reference needs itself come before it; a circle ends at what is there already. */
async function resolve(
  registry: Registry,
  references: References,
  found: Map<string, string>,
  signal: AbortSignal,
  open: Set<string> = new Set(),
): Promise<void> {
  for (const { name, subject, version: number } of references ?? []) {
    if (found.has(name) || open.has(name)) continue;
    open.add(name);
    if (open.size > mostReferences)
      throw new TypedError('unsupported', {
        what: `More than ${mostReferences} references.`,
        where: quoted(subject),
        next: 'Hand in the schemas as texts.',
      });
    const one = await version(registry, subject, number, signal);
    await resolve(registry, one.references, found, signal, open);
    found.set(name, one.schema);
  }
}

async function asked<T>(
  { url, headers }: Registry,
  path: string,
  shape: z.ZodType<T>,
  signal: AbortSignal,
): Promise<T> {
  const [status, body] = await answerOf(`${url}${path}`, headers, signal);
  if (status >= 400 || status < 200) throw refused(status, body, path);
  const read = shape.safeParse(json(body));
  if (read.success) return read.data;
  throw new TypedError('unsupported', {
    what: 'What answers is no schema registry with the API of Confluent.',
    where: path,
    next: 'Look at the path of SCHEMA_REGISTRY_URL: Apicurio has this API under /apis/ccompat/v7.',
  });
}

async function answerOf(
  address: string,
  headers: Registry['headers'],
  signal: AbortSignal,
): Promise<readonly [number, string]> {
  try {
    const response = await fetch(address, {
      headers,
      // A login is for this host.
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(longestMs)]),
    });
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body ?? []) {
      length += chunk.length;
      if (length > mostBytes) throw new Error('the answer is larger than 4 MB');
      chunks.push(chunk);
    }
    return [response.status, Buffer.concat(chunks).toString('utf8')];
  } catch (error) {
    if (signal.aborted) throw error;
    throw unanswered(error as Error);
  }
}

function unanswered(error: Error): TypedError {
  const cause = error.cause instanceof Error ? error.cause : error;
  if (error.name === 'TimeoutError')
    return new TypedError('timeout', {
      what: 'The registry did not answer in time.',
      where: 'SCHEMA_REGISTRY_URL',
      next: 'Ask whether it is a registry, and whether it is overloaded or behind a firewall.',
    });
  return new TypedError(
    'unreachable',
    {
      what: 'The registry can not be asked.',
      where: 'SCHEMA_REGISTRY_URL',
      why: quoted(cause.message || String((cause as NodeJS.ErrnoException).code)),
      next: 'Ask whether it runs, and whether SCHEMA_REGISTRY_URL is right; a CA of your own goes into NODE_EXTRA_CA_CERTS.',
    },
    error,
  );
}

function refused(status: number, body: string, path: string): TypedError {
  const said = z.object({ message: z.string() }).safeParse(json(body));
  const why = said.success ? { why: `It says ${quoted(said.data.message)}.` } : {};
  const where = path.split('?')[0] ?? path;
  if (status === 401 || status === 403)
    return new TypedError('unauthorised', {
      what: 'The registry does not let this user in, or not see this.',
      where,
      ...why,
      next: 'Look at SCHEMA_REGISTRY_BASIC_AUTH_USER_INFO.',
    });
  if (status === 404)
    return new TypedError('not-found', {
      what: 'The registry has no such subject.',
      where,
      ...why,
      next: 'Subjects are mostly called after their topic: orders-value.',
    });
  return new TypedError(status === 422 || status === 400 ? 'invalid' : 'unreachable', {
    what: `The registry refused with ${status}.`,
    where,
    ...why,
    next: status >= 500 ? 'Ask again; if it stays, look into its log.' : 'Look at the name.',
  });
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

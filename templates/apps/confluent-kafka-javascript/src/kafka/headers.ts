/** Headers as Kafka has them: a list of bytes, where a name may occur twice and a value be null. */
export type Headers = readonly (readonly [name: Buffer, value: Buffer | null])[];

export function headers(values: Readonly<Record<string, string>>): Headers {
  return Object.entries(values).map(([name, value]) => [Buffer.from(name), Buffer.from(value)]);
}

/** The last value of that name counts, as in Kafka's Java client. */
export function headerText(list: Headers, name: string): string | undefined {
  return list.findLast(([header]) => header.toString() === name)?.[1]?.toString();
}

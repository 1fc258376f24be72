/** What Prometheus' HTTP API says. */
type Answer = { data?: { result?: { metric: Record<string, string>; value: [number, string] }[] } };

async function query(
  url: string,
  text: string,
): Promise<NonNullable<NonNullable<Answer['data']>['result']>> {
  const response = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(text)}`, {
    signal: AbortSignal.timeout(10_000),
  });
  return ((await response.json()) as Answer).data?.result ?? [];
}

/** Whether a query has an answer that is a number. */
export const hasData = async (url: string, text: string): Promise<boolean> =>
  (await query(url, text)).some(({ value: [, value] }) => value !== 'NaN');

/** Of the alerts among what a query gives, each once. */
export const namesOf = async (url: string, text: string): Promise<string[]> => [
  ...new Set((await query(url, text)).map(({ metric }) => metric.alertname ?? '')),
];

/** One of `listeners` or `advertised.listeners`: `NAME://host:port`. */
export type Listener = { readonly name: string; readonly host: string; readonly port: number };

/** Undefined where the text is no list of listeners; Kafka says so itself (EndPoint.parse). */
export function listenersOf(text: string): Listener[] | undefined {
  const found = text.split(',').map((item) => {
    const match = /^([^:]+):\/\/\[?([0-9a-zA-Z\-%._:]*?)\]?:(-?[0-9]+)$/.exec(item.trim());
    if (!match) return undefined;
    const [, name = '', host = '', port = ''] = match;
    return { name: name.toUpperCase(), host, port: Number(port) };
  });
  return found.every((one) => one !== undefined) ? found : undefined;
}

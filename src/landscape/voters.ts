export type Voter = { readonly id?: number; readonly host: string; readonly port: number };

/** `1@kafka-1:9093,2@kafka-2:9093`, or the same without ids. */
export const votersOf = (text: string): Voter[] =>
  text.split(',').flatMap((one) => {
    const [, id, host = '', port = ''] =
      /^\s*(?:(\d+)@)?\[?([^\s@]+?)\]?:(\d+)\s*$/.exec(one) ?? [];
    return port === '' ? [] : [{ ...(id && { id: Number(id) }), host, port: Number(port) }];
  });

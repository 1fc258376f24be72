import type { Rule } from '../../rule.ts';
import { effective, numberOf, ofKind, settingOf } from '../../settings.ts';

export const largerThanARequest: Rule = {
  code: 'KB024',
  title: 'Batches may be larger than requests',
  severity: 'warning',
  confidence: 'high',
  story:
    'A large record is on its way, and the broker closes the connection in the middle of it. The producer sees a lost connection, not a limit, and sends it again until its time is up.',
  source: 'SocketServerConfigs.SOCKET_REQUEST_MAX_BYTES_CONFIG; NetworkReceive',
  noFix: 'Memory is needed for each connection; how much there is, the machine knows.',
  *check(known) {
    for (const node of ofKind(known, 'broker')) {
      const setting =
        settingOf(node, 'message.max.bytes') ?? settingOf(node, 'socket.request.max.bytes');
      const batch = numberOf(effective(known, node, 'message.max.bytes')?.text);
      const request = effective(known, node, 'socket.request.max.bytes');
      const most = numberOf(request?.text);
      if (!setting || batch === undefined || most === undefined || batch <= most) continue;
      yield {
        at: setting.valueAt,
        says: `message.max.bytes is ${batch}, and socket.request.max.bytes ${most}${request?.by ? ` (${request.by})` : ''}.`,
        next: 'Keep batches far below it; what is this large belongs into a store, and its address into the record.',
      };
    }
  },
};

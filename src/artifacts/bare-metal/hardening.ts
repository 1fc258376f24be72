import type { UnitSection } from './unit-file.ts';

/**
 * What neither a broker nor an application needs, taken away from it (systemd.exec(5)).
 * `systemd-analyze security` rates what is left.
 */
export const hardening: UnitSection['directives'] = [
  {
    key: 'NoNewPrivileges',
    value: 'yes',
    why: 'Whoever breaks in finds a process that can write its own data and nothing else.',
  },
  { key: 'CapabilityBoundingSet', value: '' },
  { key: 'ProtectSystem', value: 'strict' },
  { key: 'ProtectHome', value: 'yes' },
  { key: 'PrivateTmp', value: 'yes' },
  { key: 'PrivateDevices', value: 'yes' },
  { key: 'ProtectClock', value: 'yes' },
  { key: 'ProtectControlGroups', value: 'yes' },
  { key: 'ProtectHostname', value: 'yes' },
  { key: 'ProtectKernelLogs', value: 'yes' },
  { key: 'ProtectKernelModules', value: 'yes' },
  { key: 'ProtectKernelTunables', value: 'yes' },
  { key: 'ProtectProc', value: 'invisible' },
  { key: 'RemoveIPC', value: 'yes' },
  { key: 'RestrictAddressFamilies', value: 'AF_INET AF_INET6 AF_UNIX' },
  { key: 'RestrictNamespaces', value: 'yes' },
  { key: 'RestrictRealtime', value: 'yes' },
  { key: 'RestrictSUIDSGID', value: 'yes' },
  { key: 'LockPersonality', value: 'yes' },
  { key: 'KeyringMode', value: 'private' },
  {
    key: 'SystemCallFilter',
    value: '@system-service',
    why: 'MemoryDenyWriteExecute is left out: just-in-time compilers need such memory.',
  },
  { key: 'SystemCallErrorNumber', value: 'EPERM' },
  { key: 'SystemCallArchitectures', value: 'native' },
  { key: 'UMask', value: '0027' },
];

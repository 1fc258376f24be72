import type { Trouble } from '../errors.ts';

/** What the system refuses for reasons of its own is no bug of krafter. */
const reasons: Readonly<Record<string, { readonly what: string; readonly next: string }>> = {
  ENOSPC: { what: 'The disk is full.', next: 'df -h shows which one.' },
  EDQUOT: { what: "This user's share of the disk is used up.", next: 'quota -s shows it.' },
  EROFS: { what: 'The disk is read-only.', next: 'mount shows how it is mounted.' },
  EACCES: { what: 'The system refuses access.', next: 'ls -l shows who may.' },
  EPERM: { what: 'The system refuses access.', next: 'ls -l and lsattr show who may.' },
  EIO: { what: 'The disk can not be read or written.', next: 'dmesg says more.' },
  ELOOP: { what: 'Links lead in a circle.', next: 'ls -l shows where they lead.' },
  ENAMETOOLONG: { what: 'The name is too long for this disk.', next: 'Choose a shorter one.' },
  ENOTDIR: {
    what: 'A part of the path is a file, not a folder.',
    next: 'Choose another path.',
  },
  EMFILE: { what: 'Too many files are open.', next: 'ulimit -n raises the limit.' },
  ENFILE: { what: 'This machine has too many files open.', next: 'End what is not needed.' },
  EAGAIN: { what: 'No further process can be started.', next: 'ulimit -u raises the limit.' },
  ENOMEM: { what: 'The memory is used up.', next: 'free -h shows it; end what is not needed.' },
};

export function machineTrouble(error: unknown): Trouble | undefined {
  const { code = '', syscall, path } = error as NodeJS.ErrnoException;
  const reason = reasons[code];
  if (!reason || !syscall) return undefined;
  return {
    what: `${reason.what} (${code}, ${syscall})`,
    ...(path ? { where: path } : {}),
    next: reason.next,
  };
}

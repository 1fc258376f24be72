/** Where checks of several clients wait for each other, so that brokers are lost once for all. */
export type Rendezvous = {
  /** When all are there, `act` is done once; then all go on. */
  readonly meet: (act: () => Promise<void>) => Promise<void>;
  /** For who ends early, and for who has ended: nobody waits for it any more. */
  readonly leave: () => void;
};

export function rendezvous(parties: number): Rendezvous {
  let expected = parties;
  let waiting: { readonly go: () => void; readonly fail: (reason: unknown) => void }[] = [];
  let next: (() => Promise<void>) | undefined;

  const goOn = () => {
    if (!next || waiting.length < expected) return;
    const [own, act] = [waiting, next];
    waiting = [];
    next = undefined;
    act().then(
      () => {
        for (const { go } of own) go();
      },
      (reason) => {
        for (const { fail } of own) fail(reason);
      },
    );
  };
  return {
    meet: (act) =>
      new Promise((go, fail) => {
        waiting.push({ go, fail });
        next = act;
        goOn();
      }),
    leave: () => {
      expected--;
      goOn();
    },
  };
}

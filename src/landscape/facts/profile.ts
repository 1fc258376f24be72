/** Lines of a file that hold for one profile of an application only. */
export type Profile = {
  /** `prod`, or an expression: `prod & cloud`. */
  readonly name: string;
  readonly file: string;
  readonly lines: ReadonlySet<number>;
};

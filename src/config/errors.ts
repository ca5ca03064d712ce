/** A mistake that its user can mend: printed without a stack. `exitCode` 2 = usage or configuration, 1 = not as it should be. */
export class UserError extends Error {
  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 2,
  ) {
    super(message);
    this.name = "UserError";
  }
}

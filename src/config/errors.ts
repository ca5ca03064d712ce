/** A mistake that the user can fix: printed without a stack trace. `exitCode` 2 = usage or configuration, 1 = not as it should be. */
export class UserError extends Error {
  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 2,
  ) {
    super(message);
    this.name = "UserError";
  }
}

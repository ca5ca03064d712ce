/** What a line of output begins with that names something that stays on a host. */
export const NOT_UNDONE = "not undone: ";

/** The login key of nodes that this program makes. */
export const LOGIN_KEY = "ssh-login";

/** Name of the resource that holds a key pair. */
export const keyResource = (name: string): string => `secrets/${name}`;

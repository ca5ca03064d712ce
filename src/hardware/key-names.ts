/** The key pair with which nodes of our own making are logged in to. */
export const LOGIN_KEY = "ssh-login";

/** Name of the resource that holds a key pair. */
export const keyResource = (name: string): string => `secrets/${name}`;

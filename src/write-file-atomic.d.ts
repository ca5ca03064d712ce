declare module "write-file-atomic" {
  interface Options {
    /** Permissions of the file. @default those of the file that is replaced, else 0o666 less the umask */
    readonly mode?: number;
  }

  /**
   * Writes a draft beside the file, syncs it to disk and renames it. A file that is replaced keeps its owner; where it is a link,
   * what it points to is replaced.
   */
  function writeFileAtomic(path: string, text: string, options?: Options): Promise<void>;
  export = writeFileAtomic;
}

/**
 * Replaces a file by a whole new one that is on disk when this returns: neither a killed process nor a power cut leaves half a file.
 * @param mode permissions. @default those that the file has
 */
export async function writeWhole(path: string, text: string, mode?: number): Promise<void> {
  // Loaded here, as commands that only read do not need it.
  const { default: writeFileAtomic } = await import("write-file-atomic");
  await writeFileAtomic(path, text, mode === undefined ? {} : { mode });
}

/**
 * Whether all host keys in known_hosts are among those that the server wrote to its console.
 * @param console lines `<type> <key>`
 * @param knownHosts lines `<address> <type> <key>`
 */
export function knowsKey(console: string, knownHosts: string): boolean {
  const shown = new Set(lines(console));
  const learnt = lines(knownHosts).map((line) => line.split(" ").slice(1, 3).join(" "));
  return learnt.length > 0 && learnt.every((key) => shown.has(key));
}

const lines = (text: string): string[] => text.split("\n").filter((line) => line.trim() !== "");

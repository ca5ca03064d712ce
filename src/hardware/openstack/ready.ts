import { quote } from "../../config/quote.ts";
import { BOOTED } from "./user-data.ts";

/** Shell that waits until a server has done everything in its user data. It fails where the server is not Debian 13. */
export function readyScript(node: string, minutes: number): string {
  return `set -eu
. /etc/os-release
if [ "$ID:\${VERSION_ID:-}" != debian:13 ]; then
  echo ${quote(node)}" runs \${PRETTY_NAME:-something else}; expected Debian 13: set hardware.image to an image of it" >&2
  exit 1
fi
deadline=$(($(date +%s) + ${minutes * 60}))
until [ -e ${quote(BOOTED)} ]; do
  if [ "$(date +%s)" -ge "$deadline" ]; then
    echo ${quote(node)}" did not do what its user data says within ${minutes} min; has the image cloud-init?" >&2
    tail -n 20 /var/log/cloud-init-output.log >&2 || true
    exit 1
  fi
  sleep 1
done
echo ${quote(node)}" has booted after $(cut -d. -f1 /proc/uptime) s"
`;
}

/** Dials that a boot of so many minutes may need: one fails at once, or after up to 15 s of silence. */
export const dialsFor = (minutes: number): number => Math.ceil((minutes * 60) / 2);

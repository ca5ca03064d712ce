import { type Problem, show } from "./problems.ts";
import type { StackConfig } from "./schema.ts";

/** What is downloaded must say from where, and be checked against a checksum. */
export function checkGuest(config: StackConfig): Problem[] {
  const { guest } = config.settings;
  if (guest.image !== "cirros") return [];
  const needed = { url: "the URL of a CirrOS disk image", sha256: "the SHA-256 of that image" } as const;
  return (["url", "sha256"] as const)
    .filter((key) => guest[key] === null)
    .map((key) => ({
      path: ["settings", "guest", key],
      found: show(undefined),
      expected: `${needed[key]}, because settings.guest.image is cirros`,
      about: [["settings", "guest", "image"]],
    }));
}

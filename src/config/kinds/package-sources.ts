import { listOf, matching } from "../values.ts";

/** One-line package sources of nodes. */
export const packageSources = () =>
  listOf(
    matching(
      "a line such as `deb http://mirror.example.org/debian trixie main`",
      /^deb (\[[^\]]+\] )?[a-z+]+:\/\S+ \S+( \S+)+$/,
    ),
    "a list of lines such as `deb http://mirror.example.org/debian trixie main`",
  );

import { describe, expect, it } from "vitest";
import { keeping, sectionOf, withSection } from "../../../scripts/measure/section.ts";

const PAGE = "# Page\ntext\n";

describe("a part of a page that another program makes", () => {
  it("is put at its end", () => {
    expect(withSection(PAGE, "more", "## More\n")).toBe(
      "# Page\ntext\n\n<!-- more -->\n## More\n<!-- end of more -->\n",
    );
  });

  it("is put in place of the one it has", () => {
    const page = withSection(PAGE, "more", "$& old");
    expect(withSection(page, "more", "$& new")).toBe(page.replace("old", "new"));
  });

  it("stays when the page is made anew", () => {
    const before = withSection(PAGE, "more", "kept");
    expect(keeping("# Other\n", before, "more")).toBe(`# Other\n\n${sectionOf(before, "more")}\n`);
    expect(keeping("# Other\n", PAGE, "more")).toBe("# Other\n");
  });
});

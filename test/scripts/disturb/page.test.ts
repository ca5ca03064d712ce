import { page } from "../../../scripts/disturb/page.ts";
import { testPages } from "../pages.ts";

testPages("reliability", page);

import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { writeHandbook } from "../../src/handbook/index.ts";
import { CHROMIUM } from "../../src/setup/requirements/chromium.ts";
import { SECRETS, source } from "../handbook/lab.ts";

/** Widths of a desktop's window and of telephones. */
const WIDTHS = [1280, 768, 390, 360];

const folder = mkdtempSync(join(tmpdir(), "handbook-test-"));
const at = (path: string): string => pathToFileURL(join(folder, path)).href;
const PASSWORD = SECRETS["keystone/database"] ?? "";

let browser: Browser;
let context: BrowserContext;
let page: Page;
/** What a page complained of. */
let complaints: string[] = [];

beforeAll(async () => {
  await writeHandbook(folder, source());
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => context.close());

/** A window of its own, on a page from disk. */
async function open(path: string, options: Parameters<Browser["newContext"]>[0] = {}): Promise<void> {
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  page = await context.newPage();
  complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("requestfailed", (request) => complaints.push(`${request.url()} was not loaded`));
  page.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) complaints.push(`asked for ${request.url()}`);
  });
  await page.goto(at(path));
}

/** Every page that the contents lead to, and the one to print. */
async function allPages(): Promise<string[]> {
  const links = await page
    .locator("#contents a")
    .evaluateAll((all) => all.map((link) => (link as never as { href: string }).href));
  return [...new Set([...links, at("print.html")])];
}

describe("links", () => {
  it("all lead to a page and an anchor that exist, without errors on the console", async () => {
    await open("index.html");
    const ids = new Map<string, Set<string>>();
    const links: { from: string; to: URL }[] = [];
    for (const url of await allPages()) {
      await page.goto(url);
      ids.set(url, new Set(await page.locator("[id]").evaluateAll((all) => all.map(({ id }) => id))));
      const hrefs = await page
        .locator("a[href]")
        .evaluateAll((all) => all.map((link) => (link as never as { href: string }).href));
      for (const href of hrefs) links.push({ from: url, to: new URL(href) });
    }
    expect(ids.size).toBeGreaterThan(35);
    for (const { from, to } of links.filter(({ to }) => to.protocol === "file:")) {
      if (!to.pathname.endsWith(".html")) {
        expect(existsSync(to), `${from} leads to ${to}`).toBe(true);
        continue;
      }
      const known = ids.get(to.href.replace(/#.*/, ""));
      expect(known, `${from} leads to ${to}`).toBeDefined();
      if (to.hash !== "") expect(known?.has(to.hash.slice(1)), `${from} leads to ${to}`).toBe(true);
    }
    expect(complaints).toEqual([]);
  });
});

describe("width", () => {
  it.each(WIDTHS)("%i pixels are enough for every page", async (width) => {
    await open("index.html", { viewport: { width, height: 800 } });
    for (const url of await allPages()) {
      await page.goto(url);
      await page.locator("details").evaluateAll((all) => {
        for (const one of all) one.setAttribute("open", "");
      });
      const wide = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      expect(wide, `${url} is wider than ${width}`).toBe(0);
    }
  });
});

describe("search", () => {
  it("opens with its key, finds a step by a word of its command, and opens it", async () => {
    await open("services/mariadb.html");
    await page.keyboard.press("/");
    await page.keyboard.type("fernet_setup");
    const first = page.locator("#results [aria-selected=true]");
    await first.waitFor();
    expect(await first.textContent()).toContain("Create the keys for tokens and credentials");
    await page.keyboard.press("Enter");
    await page.waitForURL(/services\/keystone\.html#create-keys$/);
  });

  it("is controlled with the arrow keys, and closed with Esc", async () => {
    await open("index.html");
    await page.keyboard.press("/");
    await page.keyboard.type("start");
    const chosen = () => page.locator("#results [aria-selected=true]").getAttribute("id");
    await page.locator("#results li").nth(3).waitFor();
    expect(await chosen()).toBe("result-0");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    expect(await chosen()).toBe("result-2");
    await page.keyboard.press("ArrowUp");
    expect(await chosen()).toBe("result-1");
    await page.keyboard.press("Escape");
    expect(await page.locator("#results").isVisible()).toBe(false);
  });

  it.each([
    ["the page of that name first", "keystone", "services/keystone.html"],
    ["what a word is most about", "fernet", "services/keystone.html#create-keys"],
    ["a word that is misspelled", "floatng", "networking/networks-ports-and-routers.html#floating-ip"],
    ["a part of a word", "vswitch", "openvswitch"],
  ])("finds %s", async (_, typed, wanted) => {
    await open("index.html");
    await page.locator("#search").fill(typed);
    expect(await page.locator("#results a").first().getAttribute("href")).toContain(wanted);
  });

  it("says that nothing was found", async () => {
    await open("index.html");
    await page.locator("#search").fill("zebra crossing");
    expect(await page.locator("#results").textContent()).toBe("Nothing found.");
  });
});

describe("a block", () => {
  const block = "[data-step='keystone/configure'][data-part=commands]";

  it("is copied as you type it, with its password", async () => {
    await open("services/keystone.html");
    const wanted = await page.locator(block).textContent();
    await page
      .locator("figure", { has: page.locator(block) })
      .getByRole("button", { name: "Copy" })
      .click();
    await page.locator(".copied").waitFor();
    await page.evaluate("document.body.prepend(document.createElement('textarea'))");
    const area = page.locator("body > textarea");
    await area.focus();
    await page.keyboard.press("Control+V");
    expect(await area.inputValue()).toBe(wanted);
    expect(wanted).toContain(PASSWORD);
    expect(wanted).toMatch(/^crudini --merge \/etc\/keystone\/keystone\.conf <<'END'\n\[database\]\n/);
  });

  it("hides its password until it is clicked", async () => {
    await open("services/keystone.html");
    const secret = page.locator(`${block} .secret`).first();
    const seen = () => page.evaluate(`getComputedStyle(document.querySelector("${block} .secret")).color`);
    expect(await seen()).toBe("rgba(0, 0, 0, 0)");
    await secret.click();
    expect(await seen()).not.toBe("rgba(0, 0, 0, 0)");
    expect(await secret.textContent()).toBe(PASSWORD);
    await secret.press("Enter");
    expect(await seen()).toBe("rgba(0, 0, 0, 0)");
  });
});

describe("keys", () => {
  it("turn pages and go from step to step", async () => {
    await open("services/keystone.html");
    const title = await page.title();
    await page.keyboard.press("n");
    await page.waitForFunction(
      (old) => (globalThis as never as { document: { title: string } }).document.title !== old,
      title,
    );
    await page.keyboard.press("p");
    await page.waitForURL(/keystone\.html$/);
    const focused = () => page.evaluate("document.activeElement.id");
    await page.keyboard.press("j");
    expect(await focused()).toBe("install-packages");
    await page.keyboard.press("j");
    expect(await focused()).toBe("create-database");
    await page.keyboard.press("k");
    expect(await focused()).toBe("install-packages");
  });

  it("reach the text first, and show the focus", async () => {
    await open("index.html");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the text");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("content");
  });

  it("change between light and dark colours, and keep the choice", async () => {
    await open("index.html", { colorScheme: "light" });
    const paper = () => page.evaluate("getComputedStyle(document.body).backgroundColor");
    const light = await paper();
    await page.keyboard.press("t");
    const dark = await paper();
    expect(dark).not.toBe(light);
    await page.goto(at("flow.html"));
    expect(await paper()).toBe(dark);
  });
});

describe("a small screen", () => {
  it("has the contents behind a button, and closes them after a click", async () => {
    await open("index.html", { viewport: { width: 390, height: 844 }, hasTouch: true });
    const contents = page.locator("#contents");
    expect(await contents.isVisible()).toBe(false);
    await page.getByRole("button", { name: "Contents" }).tap();
    expect(await contents.isVisible()).toBe(true);
    await contents.getByRole("link", { name: /^Keystone/ }).tap();
    await page.waitForURL(/keystone\.html$/);
    expect(await contents.isVisible()).toBe(false);
  });
});

describe("without scripts", () => {
  it("everything can be read, contents too", async () => {
    await open("services/keystone.html", { javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    expect(await page.locator("#contents").isVisible()).toBe(true);
    expect(await page.locator("#bootstrap").isVisible()).toBe(true);
    expect(await page.locator(".copy").first().isVisible()).toBe(false);
  });
});

describe("the print version", () => {
  it("has every step and no password, and prints", async () => {
    await open("print.html");
    expect(await page.locator("section.step").count()).toBeGreaterThan(100);
    expect(await page.content()).not.toContain(PASSWORD);
    const paper = await page.pdf({ format: "A4" });
    expect(paper.length).toBeGreaterThan(100_000);
  });
});

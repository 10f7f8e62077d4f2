// What the browser test is written with: the browser, the page, and words for checks.
import { chromium } from "../../src/web/node_modules/playwright-core/index.mjs";
import { mkdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

const [pageFile, expectFile, out] = process.argv.slice(2);
if (!out) {
  console.error("node browser.mjs PAGE.html EXPECT.json OUTDIR");
  process.exit(2);
}
export const expected = JSON.parse(readFileSync(expectFile, "utf8"));
export const WAIT = 15000;
const FLAGS = [
  "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
];
mkdirSync(out, { recursive: true });

let failures = 0;
export async function check(name, test) {
  try {
    const more = await test();
    console.log(`ok ${name}${more ? ` (${more})` : ""}`);
  } catch (error) {
    failures += 1;
    console.log(`FAILED ${name}: ${String(error.message ?? error).split("\n").slice(0, 3).join(" | ")}`);
  }
}
export function must(holds, what) {
  if (!holds) throw new Error(what);
}
export const same = (got, wanted, what) => must(got === wanted, `${what}: got ${JSON.stringify(got)}, expected ${JSON.stringify(wanted)}`);
export const near = (got, wanted) => Math.abs(Number(got) - wanted) < 1e-6 * Math.max(1, Math.abs(wanted));

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", headless: true, args: FLAGS });
export const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "zh-CN" });
export const page = await context.newPage();
page.setDefaultTimeout(WAIT);
export const [noise, requests, dialogs] = [[], [], []];
// Warnings of the map engine tell of tiles that are not as they should be.
page.on("console", (message) => (message.type() === "error" || /exceeds allowed extent|vector tile/i.test(message.text())) && noise.push(message.text()));
page.on("pageerror", (error) => noise.push(String(error)));
context.on("request", (request) => requests.push(request.url()));
page.on("dialog", (dialog) => { dialogs.push(dialog.message()); dialog.dismiss(); });

export const shot = (name) => page.screenshot({ path: resolve(out, `${name}.png`) });
export const text = (selector) => page.locator(selector).first().textContent();
export const idle = () => page.evaluate(() => new Promise((done) => {
  const { map } = globalThis.landgrade;
  if (!map || (map.loaded() && !map.isMoving() && map.areTilesLoaded())) return done(true);
  map.once("idle", () => done(true));
  map.triggerRepaint();
  return setTimeout(() => done(false), 12000);
}));
export const head = () => JSON.parse(document.getElementById("head").textContent);
export const uses = async () => (await page.evaluate(head)).uses;

async function searchFor(query) {
  await page.fill("#query", "");
  await page.fill("#query", query);
  await page.waitForFunction((wanted) => [...document.querySelectorAll("#hits:not([hidden]) li b")].some((one) => one.textContent === wanted), query);
}
export async function open(id) {
  await searchFor(id);
  await page.locator("#hits li", { has: page.locator("b", { hasText: id }) }).first().click();
  await page.waitForFunction((wanted) => document.getElementById("panel-title")?.textContent === wanted, id);
}

export const known = (value) => value !== null && value !== undefined;

export { out, pageFile };

// Ends the browser, with 1 where a check failed.
export async function end() {
  await browser.close();
  process.exit(failures ? 1 : 0);
}

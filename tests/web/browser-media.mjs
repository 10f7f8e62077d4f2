// Checks of the page on paper, on a phone, and in a browser that lacks what maps need.
import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { WAIT, check, context, expected, idle, must, open, out, page, pageFile, same, shot } from "./browser-kit.mjs";

// Prints the page as it stands: the file, and how many sheets it has.
async function printed(name) {
  const pdf = resolve(out, name);
  await page.pdf({ path: pdf, preferCSSPageSize: true, printBackground: true });
  const body = readFileSync(pdf, "latin1");
  return { pdf, pages: (body.match(/\/Type\s*\/Page\b/g) ?? []).length };
}

await check("prints one A4 sheet with the map", async () => {
  await page.evaluate(() => globalThis.landgrade.ready);
  await page.evaluate(() => document.activeElement?.blur());
  if (await page.locator("#panel .close").isVisible()) await page.click("#panel .close");
  await page.evaluate(() => document.getElementById("whole").click());
  await idle();
  const { pdf, pages } = await printed("print.pdf");
  same(pages, 1, "sheets");
  must(statSync(pdf).size > 30000, `the PDF is nearly empty: ${statSync(pdf).size} bytes`);
  await page.setViewportSize({ width: 1123, height: 794 });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  const colours = await page.evaluate(async () => {
    const image = document.querySelector("#sheet img");
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [64, 64];
    const draw = canvas.getContext("2d");
    draw.drawImage(image, 0, 0, 64, 64);
    return new Set(new Uint32Array(draw.getImageData(0, 0, 64, 64).data.buffer)).size;
  });
  must(colours > 20, `the printed map is blank: ${colours} colours`);
  await shot("9-print");
  await page.emulateMedia({ media: null });
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  return `${statSync(pdf).size} bytes`;
});

await check("prints a second sheet of the chosen object: its grade, its price and what was computed", async () => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(expected.objects[0].id);
  const computes = (await page.locator("#field-far").count()) > 0;
  if (computes) {
    await page.fill("#field-far", "1.85");
    await page.locator("#recompute-form button[type=submit]").click();
  }
  await idle();
  same((await printed("print-object.pdf")).pages, 2, "sheets");
  const wanted = await page.evaluate(() => {
    const texts = (selector) => [...document.querySelectorAll(selector)].map((one) => one.textContent);
    const all = { parts: texts("#panel table.parts tr[data-part]"), factors: texts("#panel tr[data-factor]"), limits: texts("#panel .limit"), result: texts("#result-ground"), formula: texts("#panel .formula span") };
    dispatchEvent(new Event("beforeprint"));
    return all;
  });
  const sheet = (await page.locator("#sheet .sheet-page").nth(1).textContent()) ?? "";
  for (const [what, texts] of Object.entries(wanted)) for (const one of texts) must(sheet.includes(one), `the sheet lacks ${what}: ${one}`);
  must(!computes || (sheet.includes("1.85") && wanted.parts.length >= 3 && wanted.result.length === 1), "the sheet lacks the computation");
  const headings = await page.locator("#sheet .of-object :is(h3, caption)").allTextContents();
  same(new Set(headings).size, headings.length, "different headings");
  await page.setViewportSize({ width: 1123, height: 794 });
  await page.emulateMedia({ media: "print" });
  await page.locator("#sheet .sheet-page").nth(1).screenshot({ path: resolve(out, "9-print-object.png") });
  await page.emulateMedia({ media: null });
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  return `${wanted.factors.length} factors, ${wanted.parts.length} coefficients`;
});

await check("fits a phone", async () => {
  await page.setViewportSize({ width: 360, height: 780 });
  await page.evaluate(() => scrollTo(0, 0));
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
  must((await wide()) <= 360, `the page is ${await wide()} px wide`);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForTimeout(500);
  await idle();
  await shot("10-phone");
  await open(expected.objects[0].id);
  await idle();
  must((await wide()) <= 390, "the page scrolls sideways with the panel open");
  const inner = await page.evaluate(() => { const panel = document.getElementById("panel"); return panel.scrollWidth - panel.clientWidth; });
  must(inner <= 0, `the panel scrolls sideways by ${inner} px`);
  await shot("11-phone-panel");
});

await check("without WebGL and without DecompressionStream it says so and shows the legend", async () => {
  const poor = await context.newPage();
  try {
    await poor.addInitScript(() => {
      const own = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (kind, ...more) { return kind.startsWith("webgl") ? null : own.call(this, kind, ...more); };
    });
    await poor.goto(pathToFileURL(resolve(pageFile)).href, { waitUntil: "load", timeout: 60000 });
    must(/WebGL/.test(await poor.textContent("#map-fault")), "nothing is said of WebGL");
    must((await poor.locator("#legend tr[data-grade]").count()) > 0, "no legend");
    const { id } = expected.objects[0];
    await poor.fill("#query", id);
    await poor.waitForFunction(() => !document.getElementById("hits").hidden, null, { timeout: WAIT });
    await poor.locator("#hits li").first().click();
    await poor.waitForFunction((wanted) => document.getElementById("panel-title")?.textContent === wanted, id, { timeout: WAIT });
    await poor.screenshot({ path: resolve(out, "12-no-webgl.png") });
    await poor.addInitScript(() => { delete globalThis.DecompressionStream; });
    await poor.reload({ waitUntil: "load", timeout: 60000 });
    await poor.fill("#query", id);
    await poor.waitForFunction(() => /DecompressionStream/.test(document.getElementById("hit-count").textContent), null, { timeout: WAIT });
  } finally {
    await poor.close();
  }
});

// Drives Chromium against a page of the writer: node browser.mjs PAGE.html EXPECT.json OUTDIR
// One line per check: `ok NAME` or `FAILED NAME: what`; exit code 1 on any failure.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import {
  check, dialogs, end, expected, head, idle, known, must, near, noise, open, page, pageFile, requests, same, shot, text, uses,
} from "./browser-kit.mjs";

await check("loads and paints the map", async () => {
  await page.goto(pathToFileURL(resolve(pageFile)).href, { waitUntil: "load", timeout: 60000 });
  const painted = await page.evaluate(() => Promise.race([globalThis.landgrade.ready, new Promise((_, no) => { setTimeout(() => no(new Error("no first map in 15 s")), 15000); })]));
  must(await page.evaluate(() => Boolean(globalThis.landgrade.map)), "no map: WebGL is missing");
  const zones = await page.evaluate(() => globalThis.landgrade.map.queryRenderedFeatures({ layers: ["zones"] }).length);
  must(zones > 0, "no zones are drawn");
  return `first map after ${Math.round(painted)} ms, ${zones} zones`;
});
await shot("1-desktop");

await check("head shows title, release, dates and the sentence", async () => {
  const wanted = await page.evaluate(head);
  same(await text("#title"), wanted.title, "title");
  const facts = await text("#facts");
  for (const part of [wanted.name, wanted.base_date, ...(wanted.documents ?? []).map((one) => (typeof one.text === "object" ? one.text[wanted.lang] : one.text))]) {
    must(!part || facts.includes(part), `head lacks ${part}`);
  }
  const key = wanted.lang === "en" ? "not the transaction price" : "不是宗地的成交价格";
  must((await text("#sentence")).includes(key), "the sentence is missing");
});

await check("legend equals the published table", async () => {
  let rows = 0;
  for (const [at, use] of (await uses()).entries()) {
    await page.selectOption("#use", String(at));
    const shown = await page.locator("#legend tr[data-grade]").evaluateAll((all, kind) => all.map((row) => [Number(row.dataset.grade), // A column of a use without prices is left out.
      row.querySelector(`[data-column=${kind}]`)?.textContent ?? "—"]), use.kind);
    const wanted = expected.legend[use.key];
    same(shown.length, wanted.length, `grades of ${use.key}`);
    wanted.forEach(([grade, price], row) => {
      same(shown[row][0], grade, `grade in row ${row + 1} of ${use.key}`);
      if (price === null) same(shown[row][1], "—", `${use.key} ${grade}`);
      else must(Math.abs(Number(shown[row][1]) - price) < 0.006, `${use.key} ${grade}: shown ${shown[row][1]}, expected ${price}`);
      rows += 1;
    });
  }
  const marked = await page.locator("#legend table.grades").evaluate((one) => Boolean(one.caption?.textContent) && [...one.querySelectorAll("th")].every((th) => th.scope));
  must(marked, "the legend has no caption or no scopes");
  await page.selectOption("#use", "0");
  return `${rows} rows`;
});

await check("search finds objects by number and the panel tells of them", async () => {
  const list = await uses();
  for (const wanted of expected.objects) {
    await open(wanted.id);
    const at = list.findIndex((use) => use.key === wanted.use);
    same(await page.locator("#use").inputValue(), String(at), `use of ${wanted.id}`);
    same(await page.locator("#panel-grade").getAttribute("data-grade"), String(wanted.grade), `grade of ${wanted.id}`);
    const price = await text(`#panel-${list[at].kind}`);
    if (wanted.price !== null) must(near(price.split(" ")[0], wanted.price), `price of ${wanted.id}: shown ${price}, expected ${wanted.price}`);
  }
  await idle();
  await shot("2-panel");
  return `${expected.objects.length} objects`;
});

await check("a click on the map chooses the object there", async () => {
  const { id, lon, lat } = expected.zoomed;
  await open(id); // its use is chosen with it
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.getElementById("panel").hidden);
  const from = await page.evaluate(() => JSON.parse(document.getElementById("head").textContent).tiles.objects_from);
  await page.evaluate(([center, zoom]) => globalThis.landgrade.map.jumpTo({ center, zoom }), [[lon, lat], from + 2]);
  await idle();
  const at = await page.evaluate((place) => {
    const { map } = globalThis.landgrade;
    const box = map.getCanvas().getBoundingClientRect();
    const point = map.project(place);
    return { x: box.left + point.x, y: box.top + point.y };
  }, [lon, lat]);
  await page.evaluate(() => {
    globalThis.clickedAt = new Promise((done) => {
      addEventListener("pointerup", () => {
        const start = performance.now();
        const since = () => Math.round(performance.now() - start);
        const seen = () => {
          if (document.getElementById("panel").hidden || !document.querySelector("#panel dl")) return setTimeout(seen, 1);
          const filled = since();
          return requestAnimationFrame(() => setTimeout(() => done([filled, since()])));
        };
        seen();
      }, { once: true, capture: true });
    });
  });
  await page.mouse.click(at.x, at.y);
  await page.waitForFunction((wanted) => document.getElementById("panel-title")?.textContent === wanted && !document.getElementById("panel").hidden, id);
  const took = await page.evaluate(() => globalThis.clickedAt);
  await idle();
  await shot("3-clicked");
  return `panel after ${took[0]} ms, painted after ${took[1]} ms`;
});

await check("factors add up to the total", async () => {
  const { factors } = await page.evaluate(head);
  if (!factors.length) return "no factors";
  const parts = await page.locator("#panel table.factors tr[data-factor] td:last-child").evaluateAll((all) => all.map((one) => one.textContent));
  if (parts.includes("—")) return "a score is not known";
  const sum = parts.reduce((all, one) => all + Number(one), 0);
  const total = Number(await text("#panel table.factors tr.sum td"));
  must(Math.abs(sum - total) < 1e-6, `contributions add up to ${sum}, total ${total}`);
  return `${parts.length} factors, ${total}`;
});

await check("recomputation equals landgrade appraise", async () => {
  let done = 0;
  let errors = 0;
  let told = 0;
  for (const wanted of expected.recompute) {
    await open(wanted.id);
    const form = page.locator("#recompute-form");
    const what = `${wanted.id} far ${wanted.far} term ${wanted.term} date ${wanted.date}`;
    if (!(await form.count())) {
      must(wanted.error, `${what}: no form`);
      errors += 1;
      continue;
    }
    await page.fill("#field-far", wanted.far === null ? "" : String(wanted.far));
    await page.fill("#field-term", wanted.term === null ? "" : String(wanted.term));
    await page.fill("#field-date", wanted.date ?? "");
    await form.locator("button[type=submit]").click();
    if (wanted.error) {
      must((await page.locator("#recompute .error").allTextContents()).some((one) => one), `${what}: no error is told`);
      errors += 1;
      continue;
    }
    const ground = await page.locator("#result-ground").getAttribute("data-value");
    must(near(ground, wanted.ground), `${what}: land ${ground}, expected ${wanted.ground}`);
    if (known(wanted.floor)) {
      const floor = await page.locator("#result-floor").getAttribute("data-value");
      must(near(floor, wanted.floor), `${what}: floor ${floor}, expected ${wanted.floor}`);
    }
    const plain = (text) => text.replace(/[\s,，。.;；:：()（）]/g, "");
    const notes = (await page.locator("#recompute .notes li").allTextContents()).map(plain);
    for (const note of wanted.notes) must(notes.includes(plain(note)), `${what}: ${note} is not among ${notes.join(" | ")}`);
    told += wanted.notes.length;
    done += 1;
  }
  await page.locator("#recompute").scrollIntoViewIfNeeded().catch(() => {});
  await shot("4-recompute");
  return `${done} prices with ${told} notes, ${errors} errors`;
});
await check("the other use and the other language", async () => {
  const before = await text("#legend caption");
  const list = await uses();
  if (list.length > 1) {
    const other = (Number(await page.inputValue("#use")) + 1) % list.length;
    await page.selectOption("#use", String(other));
    must((await text("#legend caption")) !== before, "the legend did not change with the use");
  }
  const [lang, sentence] = [await page.getAttribute("html", "lang"), await text("#sentence")];
  await page.click("#language");
  must((await page.getAttribute("html", "lang")) !== lang, "lang did not change");
  must((await text("#sentence")) !== sentence, "the sentence did not change");
  await idle();
  await shot("5-other-language");
  const unsaid = await page.evaluate(() => [...document.querySelectorAll("[data-word],[data-word-label]")].filter((one) => !(one.textContent.trim() || one.getAttribute("aria-label"))).map((one) => one.id));
  must(unsaid.length === 0, `words are missing: ${unsaid}`);
  await page.click("#language");
});

await check("views of the last release", async () => {
  const { previous } = await page.evaluate(head);
  const shown = await page.locator("input[name=view]").evaluateAll((all) => all.map((one) => one.value));
  for (const view of shown) {
    await page.check(`input[name=view][value=${view}]`, { force: true });
    await page.evaluate(() => document.getElementById("whole").click());
    await page.waitForFunction(() => ![...document.querySelectorAll("#legend [data-count]")].some((one) => one.textContent === "…"));
    must(await idle(), `view ${view} does not come to rest`);
    await shot(`6-view-${view}`);
  }
  if (!previous) {
    must(!shown.includes("growth"), "growth is shown without a last release");
    return "no last release";
  }
  await page.check("input[name=view][value=grades]", { force: true });
  await page.check("#swipe");
  await page.waitForFunction(() => document.querySelector("#map-last canvas") !== null);
  await page.focus("#swipe-bar");
  await page.keyboard.press("PageUp");
  same(await page.getAttribute("#swipe-bar", "aria-valuenow"), "60", "swipe by keyboard");
  await idle();
  await page.waitForTimeout(1200);
  await shot("7-swipe");
  await page.uncheck("#swipe");
  return shown.join(", ");
});

await check("by keyboard alone: search, choose, close", async () => {
  const { id } = expected.objects[0];
  await page.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });
  await page.reload({ waitUntil: "load", timeout: 60000 });
  await page.evaluate(() => globalThis.landgrade.ready);
  await page.keyboard.press("Tab");
  same(await page.evaluate(() => document.activeElement.className), "skip", "first stop");
  await page.keyboard.press("Enter");
  for (let step = 0; step < 4 && (await page.evaluate(() => document.activeElement.id)) !== "query"; step += 1) await page.keyboard.press("Tab");
  same(await page.evaluate(() => document.activeElement.id), "query", "the search box");
  await page.keyboard.type(id);
  await page.waitForFunction((wanted) => document.querySelector("#hits:not([hidden]) li b")?.textContent === wanted, id);
  await page.waitForTimeout(300); // the answer to the last letter
  await page.keyboard.press("ArrowDown");
  same(await page.getAttribute("#query", "aria-activedescendant"), "hit-0", "active option");
  await page.keyboard.press("Enter");
  await page.waitForFunction((wanted) => document.getElementById("panel-title")?.textContent === wanted, id);
  same(await page.evaluate(() => document.activeElement.id), "panel-title", "focus in the panel");
  await page.keyboard.press("Escape");
  must(await page.evaluate(() => document.getElementById("panel").hidden), "Escape does not close the panel");
  same(await page.evaluate(() => document.activeElement.id), "query", "focus after Escape");
});

await check("coordinates lead to the object there", async () => {
  const { id, lon, lat } = expected.zoomed;
  const at = (await uses()).findIndex((use) => use.key === (expected.zoomed.use ?? ""));
  await open(id);
  if (at >= 0) await page.selectOption("#use", String(at));
  await page.keyboard.press("Escape");
  for (const query of [`${lon.toFixed(6)},${lat.toFixed(6)}`, `${lat.toFixed(6)} ${lon.toFixed(6)}`]) {
    await page.fill("#query", query);
    await page.waitForFunction(() => !document.getElementById("hits").hidden);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForFunction((wanted) => document.getElementById("panel-title")?.textContent === wanted && !document.getElementById("panel").hidden, id);
    await page.click("#panel .close");
  }
});

await check("hostile text is shown as text", async () => {
  if (!expected.hostile) return "none in these data";
  await open(expected.hostile);
  must((await text("#panel-title")) === expected.hostile, "the number is not shown as it is");
  same(await page.locator("img[src=x]").count(), 0, "images made of data");
  await shot("8-hostile");
  await page.click("#panel .close");
  return "";
});

await import("./browser-reasons.mjs");
await import("./browser-places.mjs");
await import("./browser-swipe.mjs");
await import("./browser-colours.mjs");
await import("./browser-media.mjs");

await check("no error and no request beyond files", () => {
  const beyond = requests.filter((url) => !/^(file|data|blob):/.test(url));
  must(beyond.length === 0, `requests: ${beyond.slice(0, 3)}`);
  must(noise.length === 0, `console: ${noise.slice(0, 3).join(" | ")}`);
  must(dialogs.length === 0, `dialogs: ${dialogs}`);
  return `${requests.length} requests`;
});

await end();

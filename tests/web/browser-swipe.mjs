// Checks of the last release beside this one, of the whole map in its frame, of names of districts and of stages that are still to come.
import { check, head, idle, must, page, same, shot, text, uses } from "./browser-kit.mjs";

// Names of the images of the labels that are drawn, of the last release's map where asked.
const labels = (which, layer) => page.evaluate(([name, id]) => {
  const one = globalThis.landgrade[name];
  return one.queryRenderedFeatures({ layers: [id] }).map((feature) => feature.layer.layout["icon-image"]).map((image) => String(image?.name ?? image));
}, [which, layer]);

const box = (selector) => page.locator(selector).boundingBox();
const apart = (one, other) => one.x + one.width <= other.x || other.x + other.width <= one.x || one.y + one.height <= other.y || other.y + other.height <= one.y;

async function swipeOn(view) {
  await page.check(`input[name=view][value=${view}]`, { force: true });
  await page.check("#swipe");
  await page.waitForFunction(() => globalThis.landgrade.lastMap?.getLayer("chosen"));
  await page.evaluate(() => document.getElementById("whole").click());
  await page.waitForTimeout(1200);
  await idle();
}

await check("everything drawn lies inside the frame, clear of what covers it", async () => {
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const open of [false, true]) {
    if (open) await page.evaluate(() => globalThis.landgrade.select(0));
    await page.evaluate(() => document.getElementById("whole").click());
    await idle();
    const { drawn } = await page.evaluate(head);
    const [west, south, east, north] = drawn;
    const [one, other] = await page.evaluate((places) => places.map((place) => globalThis.landgrade.map.project(place)), [[west, north], [east, south]]);
    const frame = await box("#map-frame");
    const right = open ? (await box("#panel")).x - frame.x : frame.width;
    must(one.x >= 10 && one.y >= 10 && other.x <= right - 10 && other.y <= frame.height - 10, `${JSON.stringify([one, other])} in ${right} × ${frame.height}`);
    if (!open) continue;
    must(right > frame.width * 0.55, `the panel covers ${(100 * (1 - right / frame.width)).toFixed(0)} % of the map`);
    await page.click("#panel .close");
  }
});

await check("beside the last release both sides tell their grades and prices", async () => {
  if (!(await page.evaluate(head)).previous) return "no last release";
  const list = await uses();
  await swipeOn("prices");
  const use = list[Number(await page.inputValue("#use"))];
  for (const one of use.grades) {
    const cell = page.locator(`#legend tr[data-last="${one.grade}"] [data-column=previous]`);
    const shown = await cell.textContent();
    must(one.previous === null ? shown === "—" : Math.abs(Number(shown) - one.previous) < 0.006, `last price of grade ${one.grade}: ${shown}, expected ${one.previous}`);
  }
  const [now, last] = [await labels("map", "zone-label"), await labels("lastMap", "last-label")];
  must(now.length > 0 && last.length > 0, `${now.length} labels now, ${last.length} of the last release`);
  must([...now, ...last].every((name) => name.includes("/prices/")), `${now[0]} ${last[0]}`);
  await shot("7-swipe-prices");
  return `${now.length} and ${last.length} labels`;
});

await check("names of the releases are clear of the bar and of the panel", async () => {
  if (!(await page.evaluate(head)).previous) return "no last release";
  await page.evaluate(() => globalThis.landgrade.select(0));
  await idle();
  await page.waitForTimeout(300);
  const panel = await box("#panel");
  const bar = await box("#swipe-bar");
  const line = { ...bar, x: bar.x + bar.width / 2 - 2, width: 4 };
  for (const id of ["#tag-last", "#tag-now"]) {
    must(await page.locator(id).isVisible(), `${id} is not seen`);
    for (const other of [panel, line, await box("#map-buttons")]) must(apart(await box(id), other), `${id} lies on another: ${JSON.stringify([await box(id), other])}`);
  }
  await page.focus("#swipe-bar");
  await page.keyboard.press("End");
  must(!(await page.locator("#tag-now").isVisible()), "a name stands where there is no room");
  for (let step = 0; step < 5; step += 1) await page.keyboard.press("PageDown");
  same(await page.getAttribute("#swipe-bar", "aria-valuenow"), "50", "the bar");
  await shot("7-swipe-panel");
  await page.click("#panel .close");
});

await check("a view that cannot be shown beside the last release says why", async () => {
  if (!(await page.evaluate(head)).previous) return "no last release";
  await page.check("input[name=view][value=growth]", { force: true });
  must(!(await page.isChecked("#swipe")), "growth is shown while the swipe is on");
  const ended = await text("#swipe-note");
  must(ended !== "", "nothing is said of the swipe that ended");
  await page.check("#swipe");
  same(await page.inputValue("input[name=view]:checked"), "grades", "the view of the swipe");
  const told = await text("#swipe-note");
  must(told !== "" && told !== ended, "nothing is said of the view that changed");
  await page.click("#language");
  must(!["", told].includes(await text("#swipe-note")), "it is not said in the other language");
  await page.click("#language");
  await page.uncheck("#swipe");
  same(await text("#swipe-note"), "", "what is said when the swipe is off");
  return "";
});

await check("districts bear their names", async () => {
  const { names } = (await page.evaluate(head)).ground;
  if (!names.length) return "no names";
  await page.evaluate(() => document.getElementById("whole").click());
  await idle();
  const seen = new Set(await labels("map", "names-label"));
  same(seen.size, new Set(names).size, "names on the map");
  return names.join(", ");
});

await check("a stage whose day has not come is told as one to come", async () => {
  const { documents, lang, state_date: day } = await page.evaluate(head);
  const now = await page.evaluate(() => { const at = new Date(); return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, "0")).join("-"); });
  const facts = await page.locator("#facts dd").allTextContents();
  const word = lang === "en" ? "still to come" : "尚未到期";
  const future = documents.filter((one) => one.date > now);
  for (const one of future) must(facts.some((fact) => fact.includes(one.text) && fact.includes(word)), `${one.text} is told as if it had come`);
  same(facts.filter((fact) => fact.includes(word)).length, future.length + (day > now ? 1 : 0), "stages to come");
  return `${future.length} of ${documents.length} to come`;
});

// Checks of what the panel says of how grades and prices came about, against the head of the page and reckoned here anew.
import { readFileSync } from "node:fs";
import { check, expected, head, known, must, near, open, page, same, text, uses } from "./browser-kit.mjs";

// Opens the panel of a row.
async function choose(row) {
  await page.evaluate((at) => globalThis.landgrade.select(at), row);
  await page.waitForFunction(() => !document.getElementById("panel").hidden);
}

// Rows spread over all objects.
async function rows(most) {
  const { count } = (await page.evaluate(head)).objects;
  const step = Math.max(1, Math.floor(count / most));
  return Array.from({ length: Math.min(most, count) }, (_, at) => at * step);
}

await check("the limits a total lies between are those of its grade", async () => {
  const list = await uses();
  const { lang } = await page.evaluate(head);
  const done = new Map();
  let moved = 0;
  for (const row of await rows(60)) {
    await choose(row);
    const use = list[Number(await page.inputValue("#use"))];
    const shown = (await page.locator("#panel .limit").allTextContents()).join("\n");
    const sum = page.locator("#panel table.factors tr.sum td");
    if (!use.limits.length || !(await sum.count())) continue;
    const total = Number(await sum.getAttribute("data-value"));
    // Written with three decimals a total may lie on either side.
    if (Number.isNaN(total) || use.limits.some((limit) => Math.abs(limit - total) < 0.0011)) continue;
    const name = (grade) => use.grades.find((one) => one.grade === grade).name[lang];
    const byTotal = 1 + use.limits.filter((limit) => limit > total).length;
    const ascending = [...use.limits].sort((one, other) => one - other);
    const [low, high] = [ascending.findLast((limit) => limit <= total), ascending.find((limit) => limit > total)];
    const what = `total ${total} of ${use.key}, row ${row}: ${shown}`;
    const first = shown.split("\n")[0];
    must(first.includes(total.toFixed(3)) && first.includes(name(byTotal)), `not the grade ${byTotal} of ${what}`);
    for (const limit of use.limits) same(first.includes(limit.toFixed(3)), limit === low || limit === high, `limit ${limit} told of ${what}`);
    const away = high === undefined ? null : /(-?[\d.]+)\s*(?:分|points)/.exec(shown.split("\n")[1])?.[1];
    must(high === undefined || Math.abs(Number(away) - (high - total)) < 0.0011, `the distance to the next grade of ${what}`);
    const published = Number(await page.getAttribute("#panel-grade", "data-grade"));
    const differs = published !== 0 && published !== byTotal;
    same(shown.split("\n").length, (high === undefined ? 1 : 2) + (differs ? 1 : 0), `sentences of ${what}`);
    moved += differs ? 1 : 0;
    done.set(use.key, (done.get(use.key) ?? 0) + 1);
  }
  const looked = [...done.values()].reduce((sum, count) => sum + count, 0);
  must(!(await page.evaluate(head)).factors.length || (looked > 20 && done.size > 1), `only ${looked} objects of ${done.size} uses were looked at`);
  return `${[...done.values()].reduce((all, one) => all + one, 0)} objects, ${moved} moved`;
});

await check("growth is that of the prices shown, or why it is not told", async () => {
  if (!(await page.evaluate(head)).previous) return "no last release";
  let [told, untold] = [0, 0];
  for (const row of await rows(60)) {
    await choose(row);
    const grown = page.locator("#panel-growth");
    const tenths = await grown.getAttribute("data-tenths");
    const shown = await grown.textContent();
    const last = await grown.evaluate((one) => one.previousElementSibling.previousElementSibling.textContent);
    if (tenths === null) {
      must(/^—/.test(shown), `growth of row ${row}: ${shown}`);
      const price = await text("#panel-ground");
      must(!/\d/.test(last) || !/\d/.test(price) || shown.length > 2, `row ${row} has two prices and no reason: ${shown}`);
      untold += 1;
      continue;
    }
    const percent = Number(shown.replace("−", "-").replace(/[+% ]/g, ""));
    must(Math.floor(percent * 10 + 0.051) >= Number(tenths) && Math.floor(percent * 10 - 0.051) <= Number(tenths), `row ${row}: ${shown}, class of ${tenths}`);
    told += 1;
  }
  return `${told} told, ${untold} not`;
});

await check("ground is valued by the price of its area or street where it has one", async () => {
  const { objects } = await page.evaluate(head);
  if (!objects.placed) return "none in these data";
  const seen = { areas: 0, streets: 0 };
  for (const row of await rows(150)) {
    await choose(row);
    const basis = page.locator("#panel-basis");
    if (!(await basis.count())) continue;
    const [kind, id] = [await basis.getAttribute("data-kind"), await basis.getAttribute("data-id")];
    const use = (await uses())[Number(await page.inputValue("#use"))];
    const own = use[kind].find((one) => String(one.id) === id);
    must((await basis.textContent()).includes(own.name || id), `name of ${id}`);
    must(near(await page.getAttribute("#panel-basis-price", "data-value"), own.price), `price of ${id}`);
    seen[kind] += 1;
    if (!(await page.locator("#recompute-form").count())) continue;
    must((await text("#panel .formula")).includes(`= ${own.price} ×`), `the computation does not start from the price of ${id}`);
  }
  must(seen.areas + seen.streets > 0, "no object was found in an area or on a street");
  return `${seen.areas} in areas, ${seen.streets} on streets`;
});

await check("numbers are read as landgrade appraise reads them", async () => {
  const { id } = expected.recompute.find((one) => !one.error) ?? expected.objects[0];
  await open(id);
  if (!(await page.locator("#field-far").count())) return "no form";
  const refused = { far: ["-3", "0", "1,000", "0x10", "1,5", "1e3", "1.8m", "1 8", "Infinity"], term: ["1,0", "1e1", "-2", "0b11"] };
  for (const [name, texts] of Object.entries(refused)) {
    for (const one of texts) {
      await page.fill(`#field-${name}`, one);
      await page.locator("#recompute-form button[type=submit]").click();
      must((await text(`#field-${name}-fault`)) !== "", `${name} ${one} is not refused`);
      same(await page.getAttribute(`#field-${name}`, "aria-invalid"), "true", `aria-invalid of ${one}`);
      same(await page.locator("#result-ground").count(), 0, `a result of ${one}`);
    }
    await page.fill(`#field-${name}`, "");
  }
  const result = async (far) => {
    await page.fill("#field-far", far);
    await page.locator("#recompute-form button[type=submit]").click();
    return page.getAttribute("#result-ground", "data-value");
  };
  const plain = await result("1.8");
  for (const one of ["１．８", " 1.80 ", "+1.8"]) same(await result(one), plain, `price of ${one}`);
  await page.fill("#field-far", "");
  return `${Object.values(refused).flat().length} refused`;
});

await check("the panel's prices are those published: of the legend's row, of the area or the street", async () => {
  const list = await uses();
  const [seen, floors] = [new Set(), new Set()];
  const all = [];
  for (const row of await rows(60)) {
    await choose(row);
    const at = await page.inputValue("#use");
    const grade = await page.getAttribute("#panel-grade", "data-grade");
    const legend = page.locator(`#legend table.grades tr[data-grade="${grade}"]`);
    if (!(await legend.count())) continue;
    // Numbers as they are written, without their units; of a use without prices neither has them.
    const told = async (place) => ((await place.count()) ? (await place.textContent()).split(" ")[0] : "—");
    const hasBasis = (await page.locator("#panel-basis").count()) > 0;
    for (const key of hasBasis ? ["ground", "floor"] : ["ground", "floor", "mu"]) {
      const [own, published] = [await told(page.locator(`#panel-${key}`)), await told(legend.locator(`[data-column=${key}]`))];
      if (published === "—" && !/\d/.test(own)) continue;
      same(own, published, `${key} of row ${row}, use ${at}, grade ${grade}`);
    }
    if (hasBasis) {
      const basis = page.locator("#panel-basis");
      const [kind, id] = [await basis.getAttribute("data-kind"), await basis.getAttribute("data-id")];
      const one = list[Number(at)][kind].find((place) => String(place.id) === id);
      for (const key of ["floor", "ground", "mu"]) {
        const value = page.locator(`#panel-basis-${key}`);
        if ((await value.count()) && known(one[key])) must(near(await value.getAttribute("data-value"), one[key]), `${key} of ${id}`);
      }
    }
    seen.add(`${at} ${grade}`);
    if (list[Number(at)].kind === "floor") floors.add(grade);
    all.push(row);
  }
  must(seen.size > 3, `only ${seen.size} grades were seen`);
  must(!list.some((use) => use.kind === "floor") || floors.size > 0, "no object with a price of floor was seen");
  return `${seen.size} grades of ${all.length} objects, ${floors.size} priced by floor`;
});

await check("the result of what is asked is rounded as appraise does", async () => {
  for (const { id } of expected.objects) {
    await open(id);
    const step = (await uses())[Number(await page.inputValue("#use"))].recompute?.rounding;
    if (!step || !(await page.locator("#field-term").count())) continue;
    await page.fill("#field-term", "20");
    await page.locator("#recompute-form button[type=submit]").click();
    for (const key of ["ground", "floor"]) {
      const value = Number(await page.getAttribute(`#result-${key}`, "data-value"));
      must(near(Math.round(value / step) * step, value), `${key} of ${id}: ${value} is no multiple of ${step}`);
    }
    await page.fill("#field-term", "");
    await page.locator("#recompute-form button[type=submit]").click();
  }
});

await check("Chinese words have signs of full width", () => {
  const words = readFileSync(new URL("../../src/web/page/words.js", import.meta.url), "utf8");
  const chinese = [...words.matchAll(/^ {2}\w+: \[\s*"((?:[^"\\]|\\.)*)"/gm)].map((found) => found[1]);
  must(chinese.length > 100, `only ${chinese.length} words were found`);
  const half = chinese.filter((one) => /[\u4e00-\u9fff}][,:;()]|[,:;()][\u4e00-\u9fff]/.test(one.replace("{lon},{lat}", "")));
  must(half.length === 0, `half width: ${half.slice(0, 3).join(" | ")}`);
  return `${chinese.length} words`;
});

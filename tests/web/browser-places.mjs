// Checks of searches by place: coordinates as people paste them, metres of the grid of sheets, and texts with blanks.
import { check, expected, head, must, open, page, same } from "./browser-kit.mjs";

// The first hit of a query, and what is said of all.
async function ask(query) {
  await page.fill("#query", "");
  await page.waitForFunction(() => document.getElementById("hit-count").textContent === "");
  await page.fill("#query", query);
  await page.waitForFunction(() => /\d|「|“/.test(document.getElementById("hit-count").textContent));
  const hits = page.locator("#hits:not([hidden]) li");
  return (await hits.count()) ? hits.first().textContent() : "";
}

// A number that a hit tells of a place must hold.
function holds(hit, [lon, lat], query) {
  const numbers = (hit.match(/\d+\.\d{5}/g) ?? []).map(Number);
  must(numbers.some((one) => Math.abs(one - lon) < 2e-5) && numbers.some((one) => Math.abs(one - lat) < 2e-5), `${query}: ${hit}, expected ${lon} ${lat}`);
}

await check("coordinates are found with signs of full width", async () => {
  const [lon, lat] = [expected.zoomed.lon, expected.zoomed.lat].map((one) => one.toFixed(5));
  const wide = (text) => text.replace(/[\d.]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0));
  for (const query of [`${lon}，${lat}`, `${lon}；${lat}`, `${lat}，${lon}`, `东经：${lon}，北纬：${lat}`, `${lon}、${lat}`, `${wide(lon)}，${wide(lat)}`]) {
    holds(await ask(query), [Number(lon), Number(lat)], query);
  }
});

await check("metres and kilometres of the grid are found, with the zone and in either order", async () => {
  const { grid } = await page.evaluate(head);
  if (!grid) return "the release has no grid";
  const [x, y] = [(2 * grid.west + grid.east) / 3, (grid.south + 2 * grid.north) / 3].map((metres) => Math.round(metres / 100) * 100);
  const [u, v] = [(x - grid.mid[0]) / 1e5, (y - grid.mid[1]) / 1e5];
  const terms = [1, u, v, u * u, u * v, v * v];
  const place = grid.to.map((own) => own.reduce((sum, one, at) => sum + one * terms[at], 0));
  const queries = [`${x} ${y}`, `${x},${y}`, `${x}，${y}`, `${y} ${x}`, ...(grid.zone ? [`${grid.zone}${String(x).padStart(6, "0")},${y}`] : [])];
  const [km, north] = [x / 1000, y / 1000];
  queries.push(`${km} ${north}`, `${km.toFixed(1)}，${north.toFixed(1)}`, `${north} ${km}`, ...(grid.zone ? [`${grid.zone}${km.toFixed(1).padStart(5, "0")} ${north}`] : []));
  for (const query of queries) holds(await ask(query), place, query);
  same(/\d+\.\d{5}/.test(await ask(`${x} ${y * 2}`)), false, "a place far away");
  same(/\d+\.\d{5}/.test(await ask(`${km} ${Math.round(north) * 2}`)), false, "kilometres far away");
  return `${queries.length} queries`;
});

await check("blanks in a query do not matter", async () => {
  const { kept } = await page.evaluate(head);
  if (!kept.length) return "no texts";
  const { id } = expected.objects[1] ?? expected.objects[0];
  await open(id);
  await page.waitForFunction(() => document.querySelector("#panel [data-kept='0']").textContent !== "…");
  const own = await page.textContent("#panel [data-kept='0']");
  if (own.length < 3 || /\s|^—$/.test(own)) return "no text of its own";
  const middle = Math.ceil(own.length / 2);
  const query = `${own.slice(0, middle)} ${own.slice(middle)}`;
  must((await ask(query)).includes(own), `${query} is not found`);
  return query;
});

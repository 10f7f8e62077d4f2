// Checks of colours: what the legend shows is what is drawn, pixel by pixel, and both sides of a swipe are drawn alike.
import { check, head, idle, must, page, same, shot, uses } from "./browser-kit.mjs";

// Colours of the map with the share of its pixels each covers, as #rrggbb; of the last release's map where asked.
const colours = (which) => page.evaluate((name) => {
  const one = globalThis.landgrade[name];
  one.redraw();
  const { width, height } = one.getCanvas();
  const draw = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
  draw.drawImage(one.getCanvas(), 0, 0);
  const counts = new Map();
  for (const pixel of new Uint32Array(draw.getImageData(0, 0, width, height).data.buffer)) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const hex = (pixel) => `#${[0, 8, 16].map((bits) => ((pixel >> bits) & 255).toString(16).padStart(2, "0")).join("")}`;
  return [...counts].map(([pixel, count]) => [hex(pixel), count / (width * height)]);
}, which ?? "map");

const swatches = (selector = "#legend .swatch:not(.line)") => page.locator(selector).evaluateAll((all) => all.map((one) => {
  const parts = getComputedStyle(one).backgroundColor.match(/\d+/g).map(Number);
  return `#${parts.slice(0, 3).map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}));

// Besides the legend's: paper, the light edge of labels, and lines that lie over the colours.
const BESIDE = ["#f6f4ee", "#ffffff", "#fffdf8", "#a89f92", "#1d2329", "#3a3f45", "#5b2a86", "#00596b"];

async function view(name) {
  await page.check(`input[name=view][value=${name}]`, { force: true });
  await page.waitForFunction(() => ![...document.querySelectorAll("#legend [data-count]")].some((one) => one.textContent === "…"));
  await page.waitForTimeout(300); // the picture of all objects
  await idle();
}

// Points of the map that lie in a zone or an object with a grade, with the colour drawn there.
const points = (layer) => page.evaluate((drawn) => {
  const { map } = globalThis.landgrade;
  map.redraw();
  const canvas = map.getCanvas();
  const draw = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height }).getContext("2d");
  draw.drawImage(canvas, 0, 0);
  const [ratio, found] = [canvas.width / canvas.clientWidth, []];
  for (let x = 9; x < canvas.clientWidth; x += 13) {
    for (let y = 9; y < canvas.clientHeight; y += 13) {
      const feature = map.queryRenderedFeatures([x, y], { layers: [drawn] })[0];
      if (!feature) continue;
      const pixel = draw.getImageData(Math.round(x * ratio), Math.round(y * ratio), 1, 1).data;
      found.push([feature.properties.g, `#${[...pixel].slice(0, 3).map((part) => part.toString(16).padStart(2, "0")).join("")}`]);
    }
  }
  return found;
}, layer);

// The colour that most of some points have.
function most(all) {
  const counts = new Map();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1])[0][0];
}

async function whole() {
  await page.setViewportSize({ width: 1440, height: 900 });
  if (await page.locator("#panel .close").isVisible()) await page.click("#panel .close");
  await page.evaluate(() => document.getElementById("whole").click());
  await idle();
}

await check("a grade's colour in the legend is the colour drawn", async () => {
  await whole();
  let seen = 0;
  for (const at of (await uses()).keys()) {
    await page.selectOption("#use", String(at));
    await idle();
    const drawn = await points("zones");
    const shown = await page.locator("#legend table.grades tr[data-grade]").evaluateAll((all) => all.map((row) => Number(row.dataset.grade)));
    const own = await swatches("#legend table.grades tr[data-grade] .swatch");
    shown.forEach((grade, row) => {
      const inside = drawn.filter(([one]) => one === grade).map(([, colour]) => colour);
      if (inside.length < 12) return;
      same(most(inside), own[row], `grade ${grade} of use ${at}`);
      seen += 1;
    });
  }
  must(seen > 3, `only ${seen} grades were seen`);
  await page.selectOption("#use", "0");
  return `${seen} grades`;
});

await check("every view is drawn in the colours of its legend, far and near", async () => {
  const views = await page.locator("input[name=view]").evaluateAll((all) => all.map((one) => one.value));
  const from = (await page.evaluate(head)).tiles.objects_from;
  const told = [];
  for (const near of [false, true]) {
    await whole();
    if (near) await page.evaluate((zoom) => globalThis.landgrade.map.jumpTo({ zoom }), from + 2);
    for (const name of views) {
      await view(name);
      const legend = [...(await swatches()), ...BESIDE];
      const drawn = (await colours()).filter(([, share]) => share > 0.005);
      const strange = drawn.filter(([colour]) => !legend.includes(colour));
      must(strange.length === 0, `${name} at ${near ? "a large" : "a small"} scale: ${strange.map(([colour, share]) => `${colour} ${share.toFixed(3)}`)}`);
      told.push(drawn.length);
    }
  }
  await view("grades");
  await whole();
  return `${told.join(", ")} colours`;
});

await check("both sides of the swipe are drawn alike", async () => {
  const { previous } = await page.evaluate(head);
  if (!previous) return "no last release";
  await whole();
  await page.check("#swipe");
  await page.waitForFunction(() => globalThis.landgrade.lastMap?.getLayer("overview") || globalThis.landgrade.lastMap?.getLayer("objects"));
  await page.waitForTimeout(1500);
  await idle();
  const own = await swatches("#legend table.grades tr[data-grade] .swatch");
  const shares = await page.evaluate((grades) => {
    const { map, lastMap } = globalThis.landgrade;
    const pixels = (one) => {
      one.redraw();
      const { width, height } = one.getCanvas();
      const draw = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
      draw.drawImage(one.getCanvas(), 0, 0);
      return new Uint32Array(draw.getImageData(0, 0, width, height).data.buffer);
    };
    const wanted = new Set(grades.map((hex) => { const value = Number.parseInt(hex.slice(1), 16); return (0xff000000 | ((value & 255) << 16) | (value & 0xff00) | (value >> 16)) >>> 0; }));
    const [now, last] = [pixels(map), pixels(lastMap)];
    let [either, both, equal] = [0, 0, 0];
    now.forEach((pixel, at) => {
      const [one, other] = [wanted.has(pixel), wanted.has(last[at])];
      either += one || other ? 1 : 0;
      both += one && other ? 1 : 0;
      equal += one && pixel === last[at] ? 1 : 0;
    });
    return { both: both / either, equal: equal / either, either };
  }, own);
  must(shares.either > 500, "no grades are drawn");
  must(shares.both > 0.85, `only ${(100 * shares.both).toFixed(1)} % of the ground is coloured on both sides`);
  await shot("7-swipe-alike");
  await page.uncheck("#swipe");
  await view("grades");
  return `${(100 * shares.both).toFixed(1)} % of the ground on both sides, ${(100 * shares.equal).toFixed(1)} % of it alike`;
});

// What is printed, on A4 landscape: the map as it stands on the screen with legend, documents and dates; behind it a sheet of the chosen object.

// A round length that fits into so many metres, and how it is written.
function roundLength(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  const value = [5, 2, 1].map((step) => step * power).find((length) => length <= most);
  const text = value >= 1000 ? word("scale_kilometres", { value: value / 1000 }) : word("scale_metres", { value });
  return [value, text];
}

function scaleBar() {
  const canvas = map.getCanvas();
  const left = map.unproject([0, canvas.clientHeight / 2]);
  const right = map.unproject([canvas.clientWidth, canvas.clientHeight / 2]);
  const width = left.distanceTo(right);
  const [length, text] = roundLength(width / 4);
  const bar = el("span", { class: "scale" }, text);
  bar.style.width = `${(length / width) * 100}%`;
  return bar;
}

// The pin of the chosen object, which the page lays over the map where the tiles do not hold the object.
function drawPin(draw, ratio) {
  if (!pin || document.body.classList.contains("objects-shown")) return;
  const { x, y } = map.project(pin.getLngLat());
  draw.beginPath();
  draw.arc(x * ratio, y * ratio, 9 * ratio, 0, 2 * Math.PI);
  draw.lineWidth = 6 * ratio;
  draw.strokeStyle = "#ffffff";
  draw.stroke();
  draw.lineWidth = 3 * ratio;
  draw.strokeStyle = CHOSEN;
  draw.stroke();
}

// The map's picture, both releases where they are laid side by side.
function picture() {
  map.redraw();
  const source = map.getCanvas();
  const canvas = el("canvas", { width: source.width, height: source.height });
  const draw = canvas.getContext("2d");
  draw.drawImage(source, 0, 0);
  drawPin(draw, source.width / source.clientWidth);
  if (state.swipe && lastMap) {
    lastMap.redraw();
    const width = Math.round(source.width * share);
    if (width) draw.drawImage(lastMap.getCanvas(), 0, 0, width, source.height, 0, 0, width, source.height);
    draw.fillStyle = "#c8102e";
    draw.fillRect(width - 1, 0, 3, source.height);
  }
  return canvas.toDataURL("image/png");
}

function mapPicture() {
  if (!map) return el("p", { class: "fault" }, word("fault_webgl"));
  const box = el("div", { class: "picture" }, el("img", { src: picture(), alt: word("map_label") }), el("span", { class: "north" }, "▲ N"), scaleBar());
  box.style.setProperty("--ratio", String(map.getCanvas().width / map.getCanvas().height));
  return el("div", { class: "picture-cell" }, box);
}

const sheetFoot = () => el("div", { class: "sheet-foot" },
  byId("facts").cloneNode(true),
  el("p", { class: "sentence" }, word("sentence")),
  el("p", { class: "small" }, word("printed", { day: today() }), " · landgrade · MapLibre GL JS"));

function mapSheet() {
  const use = theUse();
  const chosen = shown?.object ? word("selected", { id: numberOf(shown.object.id, shown.object.use) }) : "";
  const legend = el("div", { class: "sheet-legend" });
  legend.append(...[...byId("legend").children].filter((part) => part.tagName !== "DETAILS").map((part) => part.cloneNode(true)));
  const sides = state.swipe && map ? word("swipe_sides", { last: HEAD.previous.name, now: HEAD.name }) : "";
  return el("div", { class: "sheet-page" },
    el("h1", {}, HEAD.title),
    el("p", { class: "sheet-sub" }, [use.name, word(`view_${state.view}`), sides, chosen].filter(Boolean).join(" · ")),
    el("div", { class: "sheet-body" }, mapPicture(), legend),
    sheetFoot());
}

// What was asked for in the form, and what came out, as the panel has it.
function computation() {
  const [form, result] = [byId("recompute-form"), byId("result")];
  if (!form || !result?.querySelector(".result")) return [];
  const given = FIELDS.map((name) => line(word(name), form.elements[name].value || form.querySelector(`#field-${name}-hint`).textContent));
  return [el("h3", {}, word("computed_for")), el("dl", { class: "glance", id: "printed-fields" }, given), result.cloneNode(true)];
}

// The chosen object: what it is, how its grade and its price came about, and what was computed for it.
function objectSheet({ object }) {
  const panel = byId("panel");
  const use = HEAD.uses[object.use];
  return el("div", { class: "sheet-page of-object" },
    el("h1", {}, word("details_of", { id: numberOf(object.id, object.use) })),
    el("p", { class: "sheet-sub" }, `${HEAD.title} · ${use.name}`),
    el("div", { class: "sheet-columns" },
      panel.querySelector("dl").cloneNode(true),
      el("h3", {}, word("explanation")), explanation(object, use),
      el("h3", {}, word("price_how")), priceHow(object, use), computation()),
    sheetFoot());
}

function sheet() {
  const box = byId("sheet");
  box.replaceChildren(mapSheet(), ...(shown?.object ? [objectSheet(shown)] : []));
  for (const node of box.querySelectorAll("[id]")) {
    node.dataset.copy = node.id; // an element of the page keeps its name for itself
    node.removeAttribute("id");
  }
}

const still = (one) => new Promise((done) => {
  one.once("idle", done);
  setTimeout(done, 6000);
  one.triggerRepaint();
});

// Draws the map as large and as fine as paper shows it, prints, and brings the screen's map back.
async function printSheet() {
  if (map) {
    const [seen, camera] = [map.getBounds(), { center: map.getCenter(), zoom: map.getZoom() }];
    const maps = state.swipe && lastMap ? [map, lastMap] : [map];
    const draw = (ratio) => maps.forEach((one) => {
      one.setPixelRatio(ratio);
      one.resize();
    });
    byId("map-frame").classList.add("printing");
    draw(2);
    map.fitBounds(seen, { animate: false, padding: 0 });
    await Promise.all(maps.map(still));
    addEventListener("afterprint", () => {
      byId("map-frame").classList.remove("printing");
      draw(devicePixelRatio);
      map.jumpTo(camera);
    }, { once: true });
  }
  print();
}

function startPrint() {
  addEventListener("beforeprint", () => {
    try {
      sheet();
    } catch (error) {
      fault(error);
    }
  });
  addEventListener("afterprint", () => byId("sheet").replaceChildren());
  byId("print").addEventListener("click", printSheet);
}

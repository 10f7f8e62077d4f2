// The sheet that is printed: the map as it stands on the screen, legend, documents and dates on one A4 landscape.

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

// The map's picture, both releases where they are laid side by side.
function picture() {
  map.redraw();
  const source = map.getCanvas();
  const canvas = el("canvas", { width: source.width, height: source.height });
  const draw = canvas.getContext("2d");
  draw.drawImage(source, 0, 0);
  if (state.swipe && lastMap) {
    lastMap.redraw();
    const width = Math.round((source.width * cut) / 100);
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

function sheet() {
  const use = theUse();
  const box = byId("sheet");
  const chosen = shown?.object ? word("selected", { id: shown.object.id }) : "";
  const legend = el("div", { class: "sheet-legend" });
  legend.append(...[...byId("legend").children].filter((part) => part.tagName !== "DETAILS").map((part) => part.cloneNode(true)));
  if (shown?.object) legend.append(el("h3", {}, chosen), byId("panel").querySelector("dl").cloneNode(true));
  box.replaceChildren(
    el("h1", {}, HEAD.title),
    el("p", { class: "sheet-sub" }, `${use.name} · ${word(`view_${state.view}`)}`, state.swipe && map ? ` · ${word("swipe_sides", { last: HEAD.previous.name, now: HEAD.name })}` : "", chosen ? ` · ${chosen}` : ""),
    el("div", { class: "sheet-body" }, mapPicture(), legend),
    el("div", { class: "sheet-foot" },
      byId("facts").cloneNode(true),
      el("p", { class: "sentence" }, word("sentence")),
      el("p", { class: "small" }, word("printed", { day: today() }), " · landgrade · MapLibre GL JS")));
  for (const node of box.querySelectorAll("[id]")) node.removeAttribute("id");
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

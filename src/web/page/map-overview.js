// A picture of all objects for scales at which the tiles do not hold them: a square of its own size and colour for each.

const OVERVIEW = 2048; // px along the longer side

const mercator = (lat) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360));

const rgb = (colour) => {
  const value = Number.parseInt(colour.slice(1), 16);
  return 0xff000000 | ((value & 0xff) << 16) | (value & 0xff00) | (value >> 16);
};

// The colour of each row in a view, as pixels hold it; 0 is not drawn.
function colouring(data, at, view) {
  const use = HEAD.uses[at];
  if (byObjectGrade(view)) {
    const grades = view === "last" ? data.lastGrades : data.grades;
    const colours = Array.from({ length: 256 }, (_, grade) => rgb(gradeColour(use, grade)));
    return (row) => colours[grades[row]];
  }
  const colours = GROWTH.map((one) => rgb(one.colour));
  return (row) => {
    const growth = growthOf(data, row);
    return growth === null ? rgb(GREY) : colours[growthClass(growth)];
  };
}

function overviewPicture(data, at, view) {
  const [west, south, east, north] = HEAD.extent;
  const [bottom, top] = [mercator(south), mercator(north)];
  const wide = ((east - west) * Math.PI) / 180;
  const scale = OVERVIEW / Math.max(wide, top - bottom);
  const [width, height] = [Math.max(1, Math.round(wide * scale)), Math.max(1, Math.round((top - bottom) * scale))];
  const canvas = el("canvas", { width, height });
  const draw = canvas.getContext("2d");
  const image = draw.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const colourOf = colouring(data, at, view);
  const perMetre = scale / (6378137 * Math.cos((((south + north) / 2) * Math.PI) / 180));
  for (let row = 0; row < HEAD.objects.count; row += 1) {
    if (data.uses[row] !== at) continue;
    const area = data.areas[row];
    const half = Math.min(40, Math.max(0.5, (Math.sqrt(area > 0 ? area : 100) * perMetre) / 2));
    const x = (data.x[row] / 65535) * width;
    const y = (top - mercator(south + ((north - south) * data.y[row]) / 65535)) * scale;
    const colour = colourOf(row);
    const [left, right] = [Math.max(0, Math.floor(x - half)), Math.min(width, Math.ceil(x + half))];
    for (let line = Math.max(0, Math.floor(y - half)); line < Math.min(height, Math.ceil(y + half)); line += 1) {
      pixels.fill(colour, line * width + left, line * width + right);
    }
  }
  draw.putImageData(image, 0, 0);
  return canvas;
}

// Lays the picture below the borders of zones, or takes it away where the view needs none.
async function lay(map, at, view) {
  map.landgradeLaid = `${at}/${view}`;
  const wanted = ofObjects(view) && HEAD.tiles.objects_from > HEAD.tiles.min;
  const data = wanted ? await columns() : null;
  if (map.landgradeLaid !== `${at}/${view}`) return; // another was asked for meanwhile
  if (map.getLayer("overview")) map.removeLayer("overview");
  if (map.getSource("overview")) map.removeSource("overview");
  if (!wanted || !map.getLayer("zone-lines")) return;
  const [west, south, east, north] = HEAD.extent;
  const corners = [[west, north], [east, north], [east, south], [west, south]];
  map.addSource("overview", { type: "canvas", canvas: overviewPicture(data, at, view), coordinates: corners, animate: false });
  const paint = { "raster-fade-duration": 0, "raster-resampling": "nearest" };
  const above = map.getLayer("roads-edge") ? "roads-edge" : "zone-lines";
  map.addLayer({ id: "overview", type: "raster", source: "overview", maxzoom: HEAD.tiles.objects_from, paint }, above);
}

// What a query may mean: a number, a kept text, a named area or street, a pair of coordinates.

const MOST_HITS = 20;

// Degrees written as 114.31, 114°18′30″ or 114度18分30秒, with the side of the world before or behind.
const ANGLE = /(东经|北纬|西经|南纬|[NSEW])?\s*([-+]?\d+(?:\.\d+)?)\s*(?:[°度]\s*(?:(\d+(?:\.\d+)?)\s*[′'分]\s*)?(?:(\d+(?:\.\d+)?)\s*[″"秒]\s*)?)?(东经|北纬|西经|南纬|[NSEW])?/giu;

function angles(text) {
  const found = [];
  for (const [, before, degrees, minutes, seconds, behind] of text.matchAll(ANGLE)) {
    const side = (before ?? behind ?? "").toUpperCase();
    const size = Math.abs(Number(degrees)) + Number(minutes ?? 0) / 60 + Number(seconds ?? 0) / 3600;
    const below = degrees.startsWith("-") || ["西经", "南纬", "S", "W"].includes(side);
    const axis = ["北纬", "南纬", "N", "S"].includes(side) ? "y" : side ? "x" : null;
    found.push({ value: below ? -size : size, axis });
  }
  return found;
}

// The place a text gives, with whether its order was turned round; null where it is no pair of coordinates.
function coordinates(text) {
  const plain = halfWidth(text); // \uff0c \uff1b \uff1a and digits of full width too
  return degrees(plain) ?? projected(plain);
}

const placed = (lon, lat, more) => {
  const [west, south, east, north] = HEAD.drawn;
  return { lon, lat, ...more, outside: lon < west || lon > east || lat < south || lat > north };
};

function degrees(text) {
  if (!/^[\s\d.,、;:+\-°′″'"度分秒经纬东西南北NSEW]+$/iu.test(text)) return null;
  if (!/\d\D*[\s,、;:°度东西南北NSEW]\D*\d/iu.test(text)) return null; // 114-30 is a number of a parcel
  const [one, other, more] = angles(text.replace(/:/gu, " "));
  if (!one || !other || more) return null;
  const named = one.axis === "y" || other.axis === "x";
  let [lon, lat] = named ? [other.value, one.value] : [one.value, other.value];
  const [west, south, east, north] = HEAD.extent;
  const near = (x, y) => x >= west - 5 && x <= east + 5 && y >= south - 5 && y <= north + 5;
  const turned = !near(lon, lat) && near(lat, lon);
  if (turned) [lon, lat] = [lat, lon];
  return Math.abs(lat) > 90 || Math.abs(lon) > 180 ? null : placed(lon, lat, { turned });
}

const BESIDE = 50000; // m beside the map that are still told of, as outside it

// Longitude and latitude of projected coordinates, metres.
function unprojected(x, y) {
  const { mid, to } = HEAD.grid;
  const [u, v] = [(x - mid[0]) / 1e5, (y - mid[1]) / 1e5];
  return to.map(([c, cu, cv, cuu, cuv, cvv]) => c + cu * u + cv * v + cuu * u * u + cuv * u * v + cvv * v * v);
}

// East and north as sheets print them on their grid, in metres or kilometres, with or without the number of the zone in front of the east, in
// either order.
function projected(text) {
  const found = /^\s*(\d{1,8}(?:\.\d+)?)[\s,、;:]+(\d{1,8}(?:\.\d+)?)\s*$/u.exec(text);
  if (!found || !HEAD.grid) return null;
  const pair = [Number(found[1]), Number(found[2])];
  // Metres have five digits and more; so few that they may be kilometres count only inside the grid, up to its next line.
  return (Math.min(...pair) >= 1e4 ? onGrid(pair, BESIDE, 1) : null) ?? onGrid(pair.map((one) => Math.round(one * 1e6) / 1e3), 0, KILOMETRE);
}

const KILOMETRE = 1000;

// The place of two numbers, metres, in the grid or so much beside it, its sides moved out to whole steps.
function onGrid([one, other], beside, step) {
  const { zone } = HEAD.grid;
  const low = (side) => Math.floor(side / step) * step - beside;
  const high = (side) => Math.ceil(side / step) * step + beside;
  const [west, south, east, north] = [low(HEAD.grid.west), low(HEAD.grid.south), high(HEAD.grid.east), high(HEAD.grid.north)];
  const eastOf = (value) => (zone && Math.floor(value / 1e6) === zone ? value - zone * 1e6 : value);
  for (const turned of [false, true]) {
    const [x, y] = turned ? [eastOf(other), one] : [eastOf(one), other];
    if (x >= west && x <= east && y >= south && y <= north) return placed(...unprojected(x, y), { turned, metres: [x, y] });
  }
  return null;
}

const withoutBlanks = (text) => text.replace(/\s+/g, "");

// Areas and streets whose number or name holds the text, blanks aside.
function namedPlaces(wanted) {
  const found = [];
  HEAD.uses.forEach((use, at) => {
    for (const kind of ["areas", "streets"]) {
      (use[kind] ?? []).forEach((one, row) => {
        const texts = [String(one.id), say(one.name)].map((text) => withoutBlanks(text.toLowerCase()));
        const bare = withoutBlanks(wanted);
        if (texts.some((text) => text.includes(bare))) found.push({ kind, use: at, row, one, exact: texts.includes(bare) });
      });
    }
  });
  return found;
}

// Rows that hold the text where blanks inside it, and inside theirs, do not count.
async function findBare(wanted, names, takeRow) {
  if (!wanted) return;
  names.bare().eachWith(wanted, (row) => takeRow(row));
  for (let at = 0; at < HEAD.kept.length; at += 1) {
    const texts = await keptOf[at]();
    texts.bare().eachWith(wanted, (row) => takeRow(row, texts.at(row)));
  }
}

// Hits in the order of how well they fit, `MOST_HITS` at most, and how many there are.
async function find(query) {
  const wanted = query.trim();
  const place = coordinates(wanted);
  const hits = place ? [{ kind: "place", ...place }] : [];
  const small = wanted.toLowerCase();
  const [names, data] = await Promise.all([ids(), columns()]);
  let all = hits.length;
  const seen = new Uint8Array(HEAD.objects.count);
  const take = (hit) => {
    all += 1;
    if (hits.length < MOST_HITS) hits.push(hit);
  };
  const takeRow = (row, text) => {
    if (seen[row]) return;
    seen[row] = 1;
    take({ kind: "object", row, text });
  };
  // Numbers stand in their order: the exact one is followed by those that begin with it. Then those that hold it. Where they are sorted by
  // value (2 before 10), the exact one and those that begin with the text are looked for one by one.
  const named = namedPlaces(small);
  for (const hit of named.filter((one) => one.exact)) take(hit);
  const { sorted } = HEAD.objects;
  if (!sorted) {
    const begin = [];
    names.eachWith(small, (row) => {
      const name = names.at(row).toLowerCase();
      if (name.startsWith(small)) begin.push([name === small ? 0 : 1, row]);
    });
    begin.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    for (const [, row] of begin) takeRow(row);
  }
  const end = sorted ? names.from(`${wanted}\uffff`) : 0;
  let begins = sorted ? names.from(wanted) : 0;
  while (begins < end && hits.length < MOST_HITS) takeRow((begins += 1) - 1);
  all += end - begins;
  seen.fill(1, begins, end);
  names.eachWith(small, (row) => takeRow(row));
  for (const hit of named.filter((one) => !one.exact)) take(hit);
  for (let at = 0; at < HEAD.kept.length; at += 1) {
    const texts = await keptOf[at]();
    texts.eachWith(small, (row) => takeRow(row, texts.at(row)));
  }
  if (all === 0) await findBare(withoutBlanks(small), names, takeRow);
  for (const hit of hits) if (hit.kind === "object") Object.assign(hit, { id: names.at(hit.row), use: data.uses[hit.row], grade: data.grades[hit.row] });
  return { hits, all };
}

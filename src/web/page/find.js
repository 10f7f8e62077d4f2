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
  if (!/^[\s\d.,,、;;+\-°′″'"度分秒经纬东西南北NSEW::]+$/iu.test(text)) return null;
  if (!/\d\D*[\s,,、;;°度东西南北NSEW]\D*\d/iu.test(text)) return null; // 114-30 is a number of a parcel
  const [one, other, more] = angles(text.replace(/[::]/gu, " "));
  if (!one || !other || more) return null;
  const named = one.axis === "y" || other.axis === "x";
  let [lon, lat] = named ? [other.value, one.value] : [one.value, other.value];
  const [west, south, east, north] = HEAD.extent;
  const near = (x, y) => x >= west - 5 && x <= east + 5 && y >= south - 5 && y <= north + 5;
  const turned = !near(lon, lat) && near(lat, lon);
  if (turned) [lon, lat] = [lat, lon];
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180) return null;
  return { lon, lat, turned, outside: lon < west || lon > east || lat < south || lat > north };
}

// Areas and streets whose number or name holds the text.
function namedPlaces(wanted) {
  const found = [];
  HEAD.uses.forEach((use, at) => {
    for (const kind of ["areas", "streets"]) {
      (use[kind] ?? []).forEach((one, row) => {
        const text = `${one.id}\n${say(one.name)}`.toLowerCase();
        if (text.includes(wanted)) found.push({ kind, use: at, row, one });
      });
    }
  });
  return found;
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
  for (const hit of namedPlaces(small)) take(hit);
  for (let at = 0; at < HEAD.kept.length; at += 1) {
    const texts = await keptOf[at]();
    texts.eachWith(small, (row) => takeRow(row, texts.at(row)));
  }
  for (const hit of hits) if (hit.kind === "object") Object.assign(hit, { id: names.at(hit.row), use: data.uses[hit.row], grade: data.grades[hit.row] });
  return { hits, all };
}

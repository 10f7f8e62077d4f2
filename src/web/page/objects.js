// The objects as columns: what is known of row after row, loaded when somebody asks.

const once = (make) => {
  let made = null;
  return () => {
    if (!made) {
      made = make();
      made.catch(() => (made = null));
    }
    return made;
  };
};

// Texts joined by line breaks, read by row without cutting them all apart.
class Texts {
  constructor(text, rows) {
    this.text = text;
    this.starts = new Uint32Array(rows + 1);
    let at = 0;
    for (let row = 1; row <= rows; row += 1) {
      const end = text.indexOf("\n", at);
      at = end < 0 ? text.length + 1 : end + 1;
      this.starts[row] = at;
    }
    this.folded = null;
    this.unspaced = null;
  }

  at(row) {
    return this.text.slice(this.starts[row], this.starts[row + 1] - 1);
  }

  // In small letters, as searches compare; as it is where that would move places.
  small() {
    if (this.folded === null) {
      const small = this.text.toLowerCase();
      this.folded = small.length === this.text.length ? small : this.text;
    }
    return this.folded;
  }

  // The same texts without the blanks inside them.
  bare() {
    this.unspaced ??= new Texts(this.text.replace(/[^\S\n]+/g, ""), this.starts.length - 1);
    return this.unspaced;
  }

  // The first row at or above a text, of rows in order.
  from(text) {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.at(middle) < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  // Rows that hold a text in small letters, in their order.
  eachWith(wanted, found) {
    const small = this.small();
    let row = 0;
    for (let at = small.indexOf(wanted); at >= 0; ) {
      while (this.starts[row + 1] <= at) row += 1;
      found(row);
      at = small.indexOf(wanted, this.starts[row + 1]);
      if (this.starts[row + 1] >= small.length) return;
    }
  }
}

async function textsOf(name) {
  return new Texts(new TextDecoder().decode(await unpacked(name)), HEAD.objects.count);
}

const ids = once(() => textsOf("ids"));

const keptOf = HEAD.kept.map((_, at) => once(() => textsOf(`kept-${at}`)));

const columns = once(async () => {
  const buffer = await unpacked("columns");
  const rows = HEAD.objects.count;
  let at = 0;
  const take = (Kind) => {
    const column = new Kind(buffer, at, rows);
    at = Math.ceil((at + column.byteLength) / 4) * 4;
    return column;
  };
  const own = {
    uses: take(Uint8Array), grades: take(Uint8Array), x: take(Uint16Array), y: take(Uint16Array),
    areas: take(Float32Array), prices: take(Float32Array), totals: take(Float32Array),
  };
  if (HEAD.previous) Object.assign(own, { lastGrades: take(Uint8Array), lastPrices: take(Float32Array), growth: take(Int16Array), lastParts: take(Uint8Array) });
  if (HEAD.objects.kind === "parcel") Object.assign(own, { decided: take(Uint8Array), share: take(Uint8Array) });
  if (HEAD.objects.placed) own.places = take(Uint16Array);
  return own;
});

const scores = once(async () => (HEAD.blobs.scores ? new Uint16Array(await unpacked("scores")) : null));

// The decimal a number of half precision was written from: the shortest that reads as it.
function decimalOf(value) {
  if (Number.isNaN(value)) return null;
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

// The place of a row, in degrees.
function placeOf(data, row) {
  const [west, south, east, north] = HEAD.extent;
  return [west + ((east - west) * data.x[row]) / 65535, south + ((north - south) * data.y[row]) / 65535];
}

const NOT_COMPARED = -32768;

// Growth of a row in tenths of a percent, rounded down; null where it is not told: another use or connotation, a new object, no price.
function growthOf(data, row) {
  const growth = data.growth?.[row] ?? NOT_COMPARED;
  return growth === NOT_COMPARED ? null : growth;
}

const STREETS = 32768; // from here on a place is a street

// The area or the street whose price the ground of a row is valued by; null where that of its grade is.
function basisOf(data, row) {
  const place = data.places?.[row] ?? 0;
  if (place === 0) return null;
  const kind = place < STREETS ? "areas" : "streets";
  const one = HEAD.uses[data.uses[row]][kind]?.[place < STREETS ? place - 1 : place - STREETS];
  return one ? { kind, one } : null;
}

// The number of an object: units made for every use bear the key of theirs behind it.
function numberOf(id, use) {
  const tail = `-${HEAD.uses[use].key}`;
  return HEAD.objects.kind === "unit" && id.endsWith(tail) ? id.slice(0, -tail.length) : id;
}

// The row of the same ground in another use; null where there is none.
async function siblingOf(object, use) {
  const [names, data] = await Promise.all([ids(), columns()]);
  const number = numberOf(object.id, object.use);
  const wanted = number === object.id ? number : `${number}-${HEAD.uses[use].key}`;
  if (!HEAD.objects.sorted) return null;
  for (let row = names.from(wanted); row < HEAD.objects.count && names.at(row) === wanted; row += 1) {
    if (data.uses[row] === use) return row;
  }
  return null;
}

// Everything told of one object.
async function objectAt(row) {
  const [names, data, all] = await Promise.all([ids(), columns(), scores()]);
  const rows = HEAD.objects.count;
  return {
    row, id: names.at(row), use: data.uses[row], grade: data.grades[row], place: placeOf(data, row),
    area: decimalOf(data.areas[row]), price: decimalOf(data.prices[row]), total: decimalOf(data.totals[row]),
    lastGrade: HEAD.previous ? data.lastGrades[row] : null,
    lastPrice: HEAD.previous ? decimalOf(data.lastPrices[row]) : null,
    lastParts: HEAD.previous ? data.lastParts[row] : 0,
    growth: growthOf(data, row), basis: basisOf(data, row), decided: data.decided?.[row], share: data.share?.[row],
    scores: all ? HEAD.factors.map((_, at) => all[at * rows + row]).map((raw) => (raw === 65535 ? null : raw / 100)) : [],
  };
}

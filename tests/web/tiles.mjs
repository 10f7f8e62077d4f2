// Reads an archive of tiles with the libraries of the web map: node tiles.mjs FILE.pmtiles → JSON of header, metadata and the features of the largest zoom.
import { open } from "node:fs/promises";
import { createRequire } from "node:module";

const modules = new URL("../../src/web/node_modules/", import.meta.url);
const { PMTiles } = await import(new URL("pmtiles/dist/esm/index.js", modules));
const { VectorTile } = await import(new URL("@mapbox/vector-tile/index.js", modules));
const { default: Pbf } = await import(createRequire(new URL("x.js", modules)).resolve("pbf"));

const file = await open(process.argv[2]);
const size = (await file.stat()).size;
const source = {
  getKey: () => "file",
  getBytes: async (offset, length) => {
    const bytes = Buffer.alloc(Math.min(length, size - offset));
    await file.read(bytes, 0, bytes.length, offset);
    return { data: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) };
  },
};
const archive = new PMTiles(source);
const header = await archive.getHeader();
const metadata = await archive.getMetadata();
const layers = {};
const { maxZoom, minLon, minLat, maxLon, maxLat } = header;
const column = (lon) => Math.floor(((lon + 180) / 360) * 2 ** maxZoom);
const line = (lat) => Math.floor((0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI)) * 2 ** maxZoom);
for (let x = column(minLon); x <= column(maxLon); x += 1) {
  for (let y = line(maxLat); y <= line(minLat); y += 1) {
    const found = await archive.getZxy(maxZoom, x, y);
    if (!found) continue;
    const tile = new VectorTile(new Pbf(new Uint8Array(found.data)));
    for (const [name, layer] of Object.entries(tile.layers)) {
      layers[name] ??= [];
      for (let at = 0; at < layer.length; at += 1) layers[name].push(layer.feature(at).properties);
    }
  }
}
await file.close();
console.log(JSON.stringify({ header: { maxZoom, minLon, minLat, maxLon, maxLat }, metadata, layers }));

// The binary parts of the file: chunks of base64, decoded when somebody asks for them and kept.

const chunks = new Map(); // "name-0" → promise of bytes
const awaited = new Map(); // "name-0" → what is called when its script arrives

// A chunk's own script calls this, where the data lie beside the page.
globalThis.landgradeChunk = (name, at, base64) => awaited.get(`${name}-${at}`)?.(base64);

function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

function inlineChunk(key) {
  const holder = byId(`blob-${key}`);
  if (!holder) throw new Error(word("fault_part", { name: key }));
  const bytes = bytesOf(holder.textContent);
  holder.remove(); // its text is no longer needed
  return bytes;
}

function besideChunk(key) {
  return new Promise((arrived, failed) => {
    const script = el("script", { src: `${HEAD.data}/${encodeURIComponent(key)}.js` });
    const done = () => {
      awaited.delete(key);
      script.remove();
    };
    awaited.set(key, (base64) => {
      done();
      arrived(bytesOf(base64));
    });
    script.addEventListener("error", () => {
      done();
      failed(new Error(word("fault_part", { name: `${HEAD.data}/${key}.js` })));
    });
    document.head.append(script);
  });
}

function chunk(name, at) {
  const key = `${name}-${at}`;
  if (!chunks.has(key)) {
    const loading = HEAD.blobs[name].inline ? Promise.resolve(key).then(inlineChunk) : besideChunk(key);
    loading.catch(() => chunks.delete(key)); // asked for again, it may arrive
    chunks.set(key, loading);
  }
  return chunks.get(key);
}

// A stretch of a blob that is not compressed as a whole.
async function stretch(name, offset, length) {
  const blob = HEAD.blobs[name];
  const end = Math.min(offset + length, blob.bytes);
  const first = Math.floor(offset / blob.chunk);
  const last = Math.floor(Math.max(offset, end - 1) / blob.chunk);
  const parts = await Promise.all(Array.from({ length: last - first + 1 }, (_, at) => chunk(name, first + at)));
  const bytes = new Uint8Array(Math.max(0, end - offset));
  parts.forEach((part, at) => {
    const start = (first + at) * blob.chunk;
    const own = part.subarray(Math.max(0, offset - start), Math.max(0, end - start));
    bytes.set(own, Math.max(0, start - offset));
  });
  return bytes;
}

// A whole blob, unpacked. The packed chunks are not kept.
async function unpacked(name) {
  if (typeof DecompressionStream === "undefined") throw new Error(word("fault_unpack"));
  const blob = HEAD.blobs[name];
  const many = Math.ceil(blob.bytes / blob.chunk);
  const parts = await Promise.all(Array.from({ length: many }, (_, at) => chunk(name, at)));
  const stream = new Blob(parts).stream().pipeThrough(new DecompressionStream("gzip"));
  const buffer = await new Response(stream).arrayBuffer();
  for (let at = 0; at < many; at += 1) chunks.delete(`${name}-${at}`);
  return buffer;
}

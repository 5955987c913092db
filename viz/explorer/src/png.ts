// A PNG with a description in it (an iTXt chunk): a picture that is carried away tells what it is of.

const TABLE = Uint32Array.from({ length: 256 }, (_, at) => {
  let value = at;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function checksum(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const one of bytes) value = (TABLE[(value ^ one) & 255] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

/** The same picture with that text as its description. */
export async function described(png: Blob, text: string): Promise<Blob> {
  const utf8 = new TextEncoder();
  // Keyword, then: not compressed, no language, no translated keyword.
  const body = utf8.encode(`iTXtDescription\0\0\0\0\0${text}`);
  const frame = new DataView(new ArrayBuffer(8));
  frame.setUint32(0, body.length - 4);
  frame.setUint32(4, checksum(body));
  // The signature and the header, which comes first, are 33 bytes.
  return new Blob([png.slice(0, 33), frame.buffer.slice(0, 4), body, frame.buffer.slice(4), png.slice(33)], { type: "image/png" });
}

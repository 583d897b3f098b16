import { isUtf8 } from "node:buffer";

/** Bytes of the character that begins with this byte. */
const lengthOf = (first: number): number => (first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2);

/** Where the last character begins, if more of it is to come. */
const unfinished = (bytes: Buffer): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return lengthOf(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
};

/** Whether a stream of bytes is UTF-8, chunk by chunk. */
export class Utf8Check {
  #rest: Buffer = Buffer.alloc(0);
  #isValid = true;

  push(chunk: Buffer): void {
    if (!this.#isValid) return;
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const end = unfinished(bytes);
    this.#isValid = isUtf8(bytes.subarray(0, end));
    this.#rest = bytes.subarray(end);
  }

  /** Of all that was pushed. */
  get isValid(): boolean {
    return this.#isValid && this.#rest.length === 0;
  }
}

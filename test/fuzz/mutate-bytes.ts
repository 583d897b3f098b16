import { gzipSync, zstdCompressSync } from "node:zlib";
import type { Random } from "./random.ts";

type TextMutation = (text: string, random: Random) => string;

/** Replaces one of the places where `what` stands. */
const replaceOne = (text: string, what: string, by: string, random: Random): string => {
  const places = text.split(what).length - 1;
  if (places === 0) return text;
  const chosen = random.below(places);
  let place = -1;
  return text.replaceAll(what, (own) => (++place === chosen ? by : own));
};

const insert = (text: string, what: string, random: Random): string => {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + what + text.slice(at);
};

const TEXT_MUTATIONS: Readonly<Record<string, TextMutation>> = {
  "all lines end in CRLF": (text) => text.replaceAll("\n", "\r\n"),
  "all lines end in CR": (text) => text.replaceAll("\n", "\r"),
  "line ends mixed": (text, random) => text.replaceAll("\n", () => random.pick(["\n", "\r\n", "\r"])),
  "one CRLF": (text, random) => replaceOne(text, "\n", "\r\n", random),
  "one CR": (text, random) => replaceOne(text, "\n", "\r", random),
  "no last line end": (text) => text.replace(/\n$/, ""),
  "line end lost": (text, random) => replaceOne(text, "\n", "", random),
  "empty lines": (text, random) => replaceOne(text, "\n", "\n\n\n", random),
  "line of spaces": (text, random) => replaceOne(text, "\n", "\n   \n", random),
  "quote more": (text, random) => insert(text, '"', random),
  "quote less": (text, random) => replaceOne(text, '"', "", random),
  "quotes for all commas": (text) => text.replaceAll(",", '","'),
  backslash: (text, random) => insert(text, "\\", random),
  "delimiter more": (text, random) => insert(text, random.pick([",", ";", "\t", "|"]), random),
  "delimiter less": (text, random) => replaceOne(text, random.pick([",", ";"]), "", random),
  "other delimiter": (text, random) => text.replaceAll(",", random.pick([";", "\t", "|"])),
  NUL: (text, random) => insert(text, "\0", random),
  "byte order mark": (text) => `\uFEFF${text}`,
  "byte order mark within": (text, random) => insert(text, "\uFEFF", random),
  "brace more": (text, random) => insert(text, random.pick(["{", "}", "[", "]"]), random),
  "header only": (text) => text.slice(0, text.indexOf("\n") + 1),
  nothing: () => "",
  "spaces only": () => " \n \n",
  "file twice": (text) => text + text,
};

type ByteMutation = (bytes: Buffer, random: Random) => Buffer;

const flip = (bytes: Buffer, random: Random): Buffer => {
  const copy = Buffer.from(bytes);
  if (copy.length === 0) return copy;
  const at = random.below(copy.length);
  copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
  return copy;
};

const BYTE_MUTATIONS: Readonly<Record<string, ByteMutation>> = {
  "bit flipped": flip,
  "bits flipped": (bytes, random) => {
    let result = bytes;
    for (let time = 0; time < 10; time++) result = flip(result, random);
    return result;
  },
  "cut off": (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  "beginning lost": (bytes, random) => bytes.subarray(random.below(bytes.length + 1)),
  "part lost": (bytes, random) => {
    const from = random.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + random.below(200))]);
  },
  "part twice": (bytes, random) => {
    const from = random.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, from + random.below(200)), bytes.subarray(from)]);
  },
  "random bytes": (bytes, random) => {
    const noise = Buffer.from(Array.from({ length: 1 + random.below(40) }, () => random.below(256)));
    const at = random.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)]);
  },
  "zeros at the end": (bytes, random) => Buffer.concat([bytes, Buffer.alloc(1 + random.below(600))]),
};

const encode = (text: string, random: Random, steps: string[]): Buffer => {
  if (!random.chance(0.06)) return Buffer.from(text, "utf8");
  const encoding = random.pick(["latin1", "utf16le", "utf16le with a byte order mark", "utf16be"]);
  steps.push(encoding);
  if (encoding === "latin1") return Buffer.from(text, "latin1");
  const wide = Buffer.from(encoding.includes("mark") ? `\uFEFF${text}` : text, "utf16le");
  return encoding === "utf16be" ? wide.swap16() : wide;
};

const compress = (bytes: Buffer, random: Random, steps: string[]): Buffer => {
  if (!random.chance(0.2)) return bytes;
  const kind = random.pick(["gzip", "zstd"]);
  const pack = (part: Buffer): Buffer => (kind === "gzip" ? gzipSync(part) : zstdCompressSync(part));
  steps.push(kind);
  const half = bytes.length >> 1;
  const packed = random.chance(0.15)
    ? Buffer.concat([pack(bytes.subarray(0, half)), pack(bytes.subarray(half))])
    : pack(bytes);
  const damage = random.below(5);
  if (damage < 2) return packed;
  const name = damage === 2 ? "cut off" : random.pick(Object.keys(BYTE_MUTATIONS));
  steps.push(`then ${name}`);
  return BYTE_MUTATIONS[name]?.(packed, random) ?? packed;
};

/** Up to two changes of the text, a change of its bytes now and then, sometimes compressed and then damaged. */
export const mutateBytes = (
  text: string,
  random: Random,
): { readonly bytes: Buffer; readonly steps: string[] } => {
  const steps: string[] = [];
  let changed = text;
  for (let time = random.below(3); time > 0; time--) {
    const name = random.pick(Object.keys(TEXT_MUTATIONS));
    changed = TEXT_MUTATIONS[name]?.(changed, random) ?? changed;
    steps.push(name);
  }
  let bytes = encode(changed, random, steps);
  if (random.chance(0.25)) {
    const name = random.pick(Object.keys(BYTE_MUTATIONS));
    bytes = BYTE_MUTATIONS[name]?.(bytes, random) ?? bytes;
    steps.push(name);
  }
  return { bytes: compress(bytes, random, steps), steps };
};

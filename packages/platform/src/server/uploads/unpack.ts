import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Readable, Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createZstdDecompress } from "node:zlib";
import yauzl from "yauzl";
import { serverErrors } from "../errors.ts";
import { safeName } from "./safe-name.ts";

/** How far an upload may unpack. */
export interface UnpackLimits {
  /** All of it. */
  readonly mostBytes: number;
  /** Unpacked ÷ packed, once that is more than {@link SMALL_BYTES}: bills reach 60, bombs 1000. */
  readonly mostRatio: number;
  readonly mostFiles: number;
}

const SMALL_BYTES = 64 * 1024 ** 2;

/**
 * The bills that a received file is or holds: the file itself, or what a zip held, unpacked beside it. Compressed text is
 * read to its end first, so that nothing later unpacks more than was allowed.
 * @throws UPLOAD_REFUSED
 */
export const unpack = async (
  path: string,
  sizeBytes: number,
  folder: string,
  limits: UnpackLimits,
): Promise<readonly string[]> => {
  const start = await firstBytes(path);
  if (start.subarray(0, 4).toString("latin1") === "PK\u0003\u0004")
    return await unzip(path, sizeBytes, folder, limits);
  await drain(path, nameOf(path), allowanceOf(sizeBytes, limits));
  return [path];
};

/** Bytes of compressed text, read to the end; 0 for what is not compressed. */
const drain = async (path: string, name: string, most: number): Promise<number> => {
  const start = await firstBytes(path);
  const decoder =
    start[0] === 0x1f && start[1] === 0x8b
      ? createGunzip()
      : start.length >= 4 && start.readUInt32LE(0) === 0xfd2fb528
        ? createZstdDecompress()
        : undefined;
  if (decoder === undefined) return 0;
  let seen = 0;
  const counting = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      seen += chunk.length;
      done(seen > most ? tooMuch(name, most) : null);
    },
  });
  await refusing(name, () => pipeline(createReadStream(path), decoder, counting));
  return seen;
};

const firstBytes = async (path: string): Promise<Buffer> => {
  const handle = await open(path, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};

/** Bytes that a file of this size may become. */
const allowanceOf = (sizeBytes: number, { mostBytes, mostRatio }: UnpackLimits): number =>
  Math.min(mostBytes, Math.max(SMALL_BYTES, sizeBytes * mostRatio));

const refuse = (name: string, reason: string, cause?: unknown) =>
  serverErrors.create("UPLOAD_REFUSED", { name, reason }, { cause });

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

const tooMuch = (name: string, most: number) => refuse(name, `it unpacks to more than ${most} bytes`);

/** Passes bytes on until they are more than they may be; what an archive says of its sizes is not believed. */
const countingTo = (most: number, name: string): Transform => {
  let seen = 0;
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      seen += chunk.length;
      if (seen > most) done(tooMuch(name, most));
      else done(null, chunk);
    },
  });
};

/** Damage is a reason to refuse, too. */
const refusing = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "UPLOAD_REFUSED") throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw refuse(name, `it can't be unpacked: ${reason}`, error);
  }
};

const unzip = async (
  path: string,
  sizeBytes: number,
  folder: string,
  limits: UnpackLimits,
): Promise<readonly string[]> => {
  const name = nameOf(path);
  const target = join(folder, "unpacked");
  await rm(target, { recursive: true, force: true });
  await mkdir(target);
  return await refusing(name, async () => {
    // Refuses names that lead out of the folder, absolute ones, and entries larger than they say.
    const zip = await yauzl.openPromise(path, { strictFileNames: true, validateEntrySizes: true });
    try {
      return await unpackEntries(zip, name, target, allowanceOf(sizeBytes, limits), limits);
    } finally {
      zip.close();
    }
  });
};

const unpackEntries = async (
  zip: yauzl.ZipFile,
  name: string,
  target: string,
  allowance: number,
  limits: UnpackLimits,
): Promise<readonly string[]> => {
  const paths: string[] = [];
  let left = allowance;
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith("/") || isSideFile(entry.fileName)) continue;
    if (paths.length >= limits.mostFiles) throw refuse(name, `it holds more than ${limits.mostFiles} files`);
    if (entry.isEncrypted()) throw refuse(name, "it is encrypted");
    if (isLink(entry)) throw refuse(name, "it holds a link");
    if (/\.zip$/i.test(entry.fileName)) throw refuse(name, "it holds another zip file");
    if (entry.uncompressedSize > left) throw tooMuch(name, allowance);
    const path = join(target, `${paths.length}-${safeName(entry.fileName)}`);
    const stream: Readable = await zip.openReadStreamPromise(entry);
    await pipeline(stream, countingTo(left, name), createWriteStream(path, { flags: "wx" }));
    left -= entry.uncompressedSize;
    paths.push(path);
  }
  if (paths.length === 0) throw refuse(name, "it holds no file");
  // What is compressed inside unpacks a second time, and all of it counts.
  for (const path of paths) left -= await drain(path, name, left);
  return paths;
};

const isSideFile = (name: string): boolean => /(^|\/)(__MACOSX\/|\.)/.test(name);

const SYMBOLIC_LINK = 0o120000;
const FILE_TYPE = 0o170000;

const isLink = ({ externalFileAttributes }: yauzl.Entry): boolean =>
  ((externalFileAttributes >>> 16) & FILE_TYPE) === SYMBOLIC_LINK;

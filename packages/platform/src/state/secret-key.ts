import { hkdfSync, randomBytes, randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { stateErrors } from "./errors.ts";
import type { SecretKey, StateKeys } from "./state.ts";
import type { StatePlace } from "./state-place.ts";

const KEY_BYTES = 32;
const KEY_VARIABLE = "TRIMTAB_SECRET_KEY";
const BASE64 = /^[A-Za-z0-9+/_-]{43}=?$/;
const HEX = /^[0-9a-f]{64}$/i;

/** What the text of a key says. Nothing of the text goes into an error. @throws STATE_KEY_INVALID */
export const parseKey = (text: string, source: string): SecretKey => {
  const trimmed = text.trim();
  const isHex = HEX.test(trimmed);
  if (!isHex && !BASE64.test(trimmed)) {
    const reason = `its ${trimmed.length} characters are neither`;
    throw stateErrors.create("STATE_KEY_INVALID", { source, reason });
  }
  return keyOf(Buffer.from(trimmed, isHex ? "hex" : "base64"), source);
};

const keyOf = (bytes: Buffer, source: string): SecretKey => {
  const id = Buffer.from(hkdfSync("sha256", bytes, "", "trimtab key id", 6)).toString("hex");
  const key = { id, source };
  // Not enumerable, so that no dump of the object shows it.
  return Object.defineProperty(key, "bytes", { value: bytes }) as SecretKey;
};

const newKey = (source: string): SecretKey => keyOf(randomBytes(KEY_BYTES), source);

/** The file of a key that a rotation is about to put in place of the other. */
const nextOf = (file: string): string => `${file}.next`;

const keyFileOf = (place: StatePlace): string | undefined =>
  place.kind === "sqlite" ? join(dirname(place.file), "state.key") : undefined;

/** Keys by the environment, else by a file beside the database, which is made when a key is first needed. */
export const stateKeys = (
  place: StatePlace,
  env: Readonly<Record<string, string | undefined>>,
): StateKeys => {
  const file = keyFileOf(place);
  return {
    ...(file === undefined || env[KEY_VARIABLE] ? {} : { file }),
    current: async () => {
      const given = env[KEY_VARIABLE];
      if (given) return parseKey(given, KEY_VARIABLE);
      if (file !== undefined) return (await readKeyFile(file)) ?? (await makeKeyFile(file));
      const reason = "a PostgreSQL database has no folder for a key file";
      throw stateErrors.create("STATE_KEY_MISSING", { reason });
    },
    next: async () => {
      const given = env[`${KEY_VARIABLE}_NEW`];
      if (given) return parseKey(given, `${KEY_VARIABLE}_NEW`);
      return file === undefined || env[KEY_VARIABLE] ? undefined : await readKeyFile(nextOf(file));
    },
    prepare: async () => {
      const given = env[`${KEY_VARIABLE}_NEW`];
      if (given) return parseKey(given, `${KEY_VARIABLE}_NEW`);
      if (file === undefined || env[KEY_VARIABLE])
        throw stateErrors.create("STATE_KEY_MISSING", { reason: `${KEY_VARIABLE}_NEW is not set` });
      return (await readKeyFile(nextOf(file))) ?? (await makeKeyFile(nextOf(file)));
    },
    promote: async () => {
      if (file === undefined || env[KEY_VARIABLE]) return;
      await rename(nextOf(file), file);
    },
  };
};

/** @throws STATE_KEY_INVALID, STATE_KEY_EXPOSED */
export const readKeyFile = async (file: string): Promise<SecretKey | undefined> => {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  });
  if (found === undefined) return undefined;
  const mode = found.mode & 0o777;
  // Windows has no such modes; there the folder of a person's own data keeps others out.
  if (process.platform !== "win32" && (mode & 0o077) !== 0)
    throw stateErrors.create("STATE_KEY_EXPOSED", { file, mode: mode.toString(8) });
  return parseKey(await readFile(file, "utf8"), file);
};

/** The file is whole when it appears; where another process was faster, that one's key is the key. */
const makeKeyFile = async (file: string): Promise<SecretKey> => {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  const key = newKey(file);
  try {
    const handle = await open(draft, "wx", 0o600);
    try {
      await handle.writeFile(`${key.bytes.toString("base64")}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(draft, file);
    return key;
  } catch (error) {
    const winner = (error as NodeJS.ErrnoException).code === "EEXIST" ? await readKeyFile(file) : undefined;
    if (winner === undefined) throw error;
    return winner;
  } finally {
    await rm(draft, { force: true });
  }
};

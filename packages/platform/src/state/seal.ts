import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { stateErrors } from "./errors.ts";
import type { SecretKey } from "./state.ts";

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORM = "v1";

/** The key is used for one purpose each: what encrypts is derived from it. */
const cipherKey = (key: SecretKey): Buffer =>
  Buffer.from(hkdfSync("sha256", key.bytes, "", "trimtab secrets", 32));

/** A sealed text opens only under the name that it was sealed for. */
const nameData = (name: string): Buffer => Buffer.from(`trimtab-secret:${name}`);

/** Encrypts and authenticates a text with AES-256-GCM and a nonce of its own. */
export const seal = (name: string, text: string, key: SecretKey): string => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, cipherKey(key), nonce).setAAD(nameData(name));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return `${FORM}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64")}`;
};

/** @throws STATE_SECRET_DAMAGED */
export const unseal = (name: string, text: string, key: SecretKey): string => {
  try {
    const [form, body = ""] = text.split(".");
    const bytes = Buffer.from(body, "base64");
    if (form !== FORM || bytes.length < NONCE_BYTES + TAG_BYTES) throw new Error(`not of the form ${FORM}`);
    const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv(CIPHER, cipherKey(key), nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(nameData(name)).setAuthTag(tag);
    return `${decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, "utf8")}${decipher.final("utf8")}`;
  } catch (cause) {
    throw stateErrors.create("STATE_SECRET_DAMAGED", { name }, { cause });
  }
};

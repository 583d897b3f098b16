import { createHash, randomBytes } from "node:crypto";

/** Tells our tokens from those of others, for people and for scanners of leaked secrets. */
export const TOKEN_PREFIX = "tt_";
const SHOWN_CHARACTERS = 8;

/** 256 random bits. */
const randomText = (): string => randomBytes(32).toString("base64url");

/** What is kept of it. It is random enough that a fast hash can't be turned back. */
export const hashCode = (code: string): string => createHash("sha256").update(code).digest("hex");

export interface SecretCode {
  /** Shown once. */
  readonly code: string;
  readonly hash: string;
}

export const newLinkCode = (): SecretCode => {
  const code = randomText();
  return { code, hash: hashCode(code) };
};

export const newToken = (): SecretCode & { readonly prefix: string } => {
  const code = `${TOKEN_PREFIX}${randomText()}`;
  return { code, hash: hashCode(code), prefix: code.slice(0, SHOWN_CHARACTERS) };
};

/** Where the browser uses a code: behind `#`, so that no server, proxy or log ever gets it. */
export const linkPath = (code: string): string => `/welcome#${code}`;

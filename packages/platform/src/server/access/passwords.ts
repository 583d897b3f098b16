import { argon2, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * Argon2id with 19 MiB, two passes and one lane.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html, 2026-06
 */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const TAG_BYTES = 32;
const FORM =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{16,64})\$([A-Za-z0-9+/]{32,128})$/;

/** In a library's thread: a server answers others meanwhile. */
const derive = (
  password: string,
  nonce: Buffer,
  cost: { readonly memory: number; readonly passes: number; readonly parallelism: number },
  tagLength: number,
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const message = password.normalize("NFKC");
    argon2("argon2id", { message, nonce, tagLength, ...cost }, (error, tag) => {
      if (error) reject(error);
      else resolve(tag);
    });
  });

const base64 = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "");

/** The password's hash with its salt and its cost, in the PHC string format. */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(16);
  const tag = await derive(password, salt, COST, TAG_BYTES);
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${base64(salt)}$${base64(tag)}`;
};

/** By the cost that the hash was made with; false for what is no hash. */
export const verifyPassword = async ({
  hash,
  password,
}: {
  readonly hash: string;
  readonly password: string;
}): Promise<boolean> => {
  const [, memory, passes, parallelism, salt, tag] = FORM.exec(hash) ?? [];
  if (salt === undefined || tag === undefined) return false;
  const expected = Buffer.from(tag, "base64");
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  return timingSafeEqual(
    await derive(password, Buffer.from(salt, "base64"), cost, expected.length),
    expected,
  );
};

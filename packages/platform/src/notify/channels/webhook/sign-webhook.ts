import { createHmac, timingSafeEqual } from "node:crypto";

/** What `Trimtab-Signature` holds: HMAC-SHA256 over `<timestamp>.<body>`, so that neither can be changed alone. */
export const signWebhook = (secret: string, body: string, at: Date): string => {
  const timestamp = Math.floor(at.getTime() / 1000);
  return `t=${timestamp},v1=${macOf(secret, timestamp, body).toString("hex")}`;
};

const macOf = (secret: string, timestamp: number, body: string): Buffer =>
  createHmac("sha256", secret).update(`${timestamp}.${body}`).digest();

/** How long a signature counts. */
const TOLERANCE_MS = 5 * 60_000;

/** What a receiver does; docs/guides/delivery.md shows it. Compares in constant time. */
export const verifyWebhook = (secret: string, body: string, header: string, now: Date): boolean => {
  const parts = new Map(header.split(",").map((part) => part.trim().split("=", 2) as [string, string]));
  const timestamp = Number(parts.get("t"));
  const given = Buffer.from(parts.get("v1") ?? "", "hex");
  if (!Number.isSafeInteger(timestamp) || Math.abs(now.getTime() - timestamp * 1000) > TOLERANCE_MS)
    return false;
  const expected = macOf(secret, timestamp, body);
  return given.length === expected.length && timingSafeEqual(given, expected);
};

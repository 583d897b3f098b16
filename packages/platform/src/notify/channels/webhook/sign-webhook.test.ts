import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { signWebhook, verifyWebhook } from "./sign-webhook.ts";

const SECRET = "a-secret-of-both";
const at = new Date("2026-07-01T00:00:00Z");
const later = (seconds: number): Date => new Date(at.getTime() + seconds * 1000);

describe("the signature of a webhook", () => {
  it("is what the guide says: HMAC-SHA256 over timestamp, a dot and the body", () => {
    const expected = createHmac("sha256", SECRET).update(`1782864000.{"a":1}`).digest("hex");
    expect(signWebhook(SECRET, '{"a":1}', at)).toBe(`t=1782864000,v1=${expected}`);
  });

  it("counts for its body, its secret and five minutes", () => {
    const header = signWebhook(SECRET, "body", at);
    expect(verifyWebhook(SECRET, "body", header, later(299))).toBe(true);
    expect(verifyWebhook(SECRET, "body", header, later(301))).toBe(false);
    expect(verifyWebhook(SECRET, "Body", header, at)).toBe(false);
    expect(verifyWebhook("another-secret-16", "body", header, at)).toBe(false);
    expect(verifyWebhook(SECRET, "body", header.replace("t=1782864000", "t=1782864001"), at)).toBe(false);
  });

  it.each(["", "t=1782864000", "v1=00", "t=x,v1=00", "t=1782864000,v1=zz", "t=1782864000,v1=00"])(
    "is none: %s",
    (header) => {
      expect(verifyWebhook(SECRET, "body", header, at)).toBe(false);
    },
  );
});

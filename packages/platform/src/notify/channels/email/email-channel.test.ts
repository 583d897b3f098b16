import { describe, expect, it } from "vitest";
import { mailTarget } from "../../../testing/mail-target.ts";
import { PIXEL, sampleMessage } from "../../../testing/sample-message.ts";
import { addressRules } from "../../guard/address-rules.ts";
import { systemResolve } from "../../guard/guarded-lookup.ts";
import type { Message } from "../../message.ts";
import { checkChannelValues } from "../check-channel.ts";
import { plainText } from "../shared/plain-text.ts";
import { emailChannel } from "./email-channel.ts";
import { emailHtml } from "./email-html.ts";

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#0b6b6b"/></svg>';

const sendTo = async (message: Message, secrets: Readonly<Record<string, string>> = {}) => {
  const mail = await mailTarget(secrets.password === undefined ? {} : { user: "trimtab", password: "right" });
  const sent = await emailChannel.send({
    ...checkChannelValues(emailChannel, {
      settings: {
        ...{ host: "127.0.0.1", port: mail.port, security: "none", from: "Trimtab <costs@example.com>" },
        ...(secrets.password === undefined ? {} : { user: "trimtab" }),
        replyTo: "finops@example.com",
      },
      secrets,
    }),
    message,
    address: "anna@example.com",
    idempotencyKey: "k1",
    createdAt: "2026-07-01T00:00:00.000Z",
    now: new Date("2026-07-01T00:00:00Z"),
    network: { rules: addressRules(["127.0.0.1"]), resolve: systemResolve, timeoutMs: 5000 },
    signal: new AbortController().signal,
  });
  return { sent, mail: mail.received[0] };
};

describe("an email", () => {
  it("has HTML with the chart in it, plain text beside it, and its attachments", async () => {
    const { sent, mail } = await sendTo(sampleMessage);
    expect(sent).toEqual({ outcome: "delivered", detail: "the mail server said 250" });
    expect(mail).toMatchObject({ from: "costs@example.com", to: ["anna@example.com"] });
    expect(mail?.header("subject")).toBe("Spend in June");
    expect(mail?.header("message-id")).toBe("<k1@example.com>");
    expect(mail?.header("reply-to")).toBe("finops@example.com");
    const source = mail?.source ?? "";
    for (const part of [
      "multipart/alternative",
      "text/plain",
      "text/html",
      "multipart/related",
      "image/png",
      "filename=june.csv",
    ])
      expect(source).toContain(part);
    expect(source).toMatch(/Content-I[dD]: <chart-1\.k1@example\.com>/);
    expect(source.replace(/=\r?\n/g, "")).toContain("cid:chart-1.k1@example.com");
    expect(source.replaceAll("\r\n", "")).toContain(PIXEL.toString("base64"));
  });

  it("shows a chart that was drawn as SVG as a PNG", async () => {
    const image = { fileName: "a.svg", contentType: "image/svg+xml", bytes: Buffer.from(SVG) };
    const { mail } = await sendTo({ title: "x", charts: [{ title: "t", alt: "a", image }] });
    expect(mail?.source).not.toContain("svg+xml");
    expect(mail?.source.replaceAll("\r\n", "")).toContain(
      Buffer.from("\x89PNG\r\n\x1a\n", "latin1").toString("base64").slice(0, 10),
    );
  });

  it("gives up where the password is wrong, and does not say it", async () => {
    const { sent } = await sendTo({ title: "x" }, { password: "wr0ng-pa55word" });
    expect(sent).toEqual({ outcome: "refused", detail: "the mail server said 535 to user and password" });
  });

  it("takes no header from a title or an address", async () => {
    const { mail } = await sendTo({ title: "a\r\nBcc: eve@example.com\r\n\r\nhello" });
    expect(mail?.header("subject")).toBe("a Bcc: eve@example.com hello");
    expect(mail?.header("bcc")).toBeUndefined();
    expect(mail?.to).toEqual(["anna@example.com"]);
  });

  it("is a page in which no text of a bill is markup", () => {
    const html = emailHtml(sampleMessage, ["c1"]);
    expect(html).not.toContain("<script>alert");
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co");
    const hostile = emailHtml(
      { title: 'x" onload="y', link: { title: "z", url: 'https://a.example/"><b>' } },
      [],
    );
    expect(hostile).not.toContain('"><b>');
    expect(emailHtml(sampleMessage, ["c1"])).toMatchSnapshot();
  });

  it("says the same in plain text", () => {
    expect(plainText(sampleMessage)).toMatchInlineSnapshot(`
      "Spend in June

      June cost 4 % more than May.

      Most of it is storage.

      June: 1,204.11 USD (+4.0 % on May)
      Savings found: 88.00 USD

      Services
      Service                             Cost
      Storage                         1,000.00
      <script>alert(1)</script> & Co    204.11
      … and 3 more

      [Trend] rising

      Attached: june.csv

      Open the report: https://costs.example.com/reports/june?a=1&b=2

      billed · USD · complete to 2026-06-30
      "
    `);
  });
});

import type { Json } from "@trimtab/domain";
import { z } from "zod";
import { type GuardedReply, guardedRequest } from "../../guard/guarded-request.ts";
import type { SendOutcome, SendRequest } from "../channel.ts";
import { connectionFailure, httpFailure } from "../shared/reply-outcome.ts";

/** An answer of the Web API: what was asked for, or how the try ended. */
export type SlackAnswer =
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly outcome: SendOutcome };

const replySchema = z.looseObject({ ok: z.boolean(), error: z.string().optional() });

/** Errors that pass. @see https://docs.slack.dev/reference/methods/chat.postMessage, 2026-11 */
const PASSING = new Set([
  "ratelimited",
  "rate_limited",
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "team_added_to_org",
]);

/** Calls one method of the Web API with the bot's token. */
export const callSlack = async (
  request: SendRequest,
  method: string,
  body: { readonly form: Readonly<Record<string, string>> } | { readonly json: Json },
): Promise<SlackAnswer> => {
  const { settings, secrets, network, signal, now } = request;
  const isForm = "form" in body;
  try {
    const reply = await guardedRequest(network, {
      url: `${String(settings.apiUrl).replace(/\/+$/, "")}/${method}`,
      method: "POST",
      headers: {
        authorization: `Bearer ${secrets.botToken}`,
        "content-type": isForm ? "application/x-www-form-urlencoded" : "application/json; charset=utf-8",
      },
      body: isForm ? new URLSearchParams(body.form).toString() : JSON.stringify(body.json),
      signal,
    });
    return readAnswer(reply, now);
  } catch (error) {
    return { ok: false, outcome: connectionFailure(error) };
  }
};

const readAnswer = (reply: GuardedReply, now: Date): SlackAnswer => {
  if (reply.status < 200 || reply.status >= 300) return { ok: false, outcome: httpFailure(reply, now) };
  const parsed = replySchema.safeParse(parseJson(reply.text));
  if (!parsed.success)
    return { ok: false, outcome: { outcome: "retry", detail: "what it answered is not Slack's" } };
  const { ok, error = "" } = parsed.data;
  if (ok) return { ok: true, value: parsed.data };
  // Codes are of a known form; anything else is not repeated.
  const detail = `Slack says ${/^[a-z_]{1,60}$/.test(error) ? error : "no"}`;
  return { ok: false, outcome: { outcome: PASSING.has(error) ? "retry" : "refused", detail } };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

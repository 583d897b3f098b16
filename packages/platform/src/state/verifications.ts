import type { Day, Instant, Json, MoneyEstimate } from "@trimtab/domain";
import { estimateTexts, readMoneyEstimate } from "./amount-columns.ts";
import { digestOf, jsonObject, readJson, toJson } from "./json-column.ts";
import { planAt } from "./plans.ts";
import type { State } from "./state.ts";
import type { VerificationTable } from "./tables.ts";

/** What one verification of a plan found: the realised saving with its interval, and the verdict. */
export interface VerificationDraft {
  readonly planId: string;
  readonly verdict: VerificationTable["verdict"];
  /** Counterfactual less actual; absent while there is too little to say. */
  readonly realised?: MoneyEstimate;
  /** Charge days that it looked at, the end excluded. */
  readonly coversFrom: Day;
  readonly coversTo: Day;
  readonly lakeVersion: number;
  /** Effects, method, plot's data. */
  readonly body: { readonly [key: string]: Json };
}

export interface Verification extends VerificationDraft {
  readonly seq: number;
  readonly bodyDigest: string;
  readonly computedBy: string;
  readonly computedAt: Instant;
}

/** Adds a result; earlier ones stay. @returns its number within the plan @throws STATE_NOT_FOUND */
export const recordVerification = (state: State, actor: string, draft: VerificationDraft): Promise<number> =>
  state.write(actor, async (writer) => {
    const { db, at, note } = writer;
    const { planId, verdict, realised, coversFrom, coversTo, lakeVersion } = draft;
    await planAt(writer, planId);
    const { last } = await db
      .selectFrom("verifications")
      .select((row) => row.fn.coalesce(row.fn.max("seq"), row.lit(0)).as("last"))
      .where("planId", "=", planId)
      .executeTakeFirstOrThrow();
    const seq = last + 1;
    const { low: realisedLow, mid: realisedMid, high: realisedHigh } = estimateTexts(realised);
    const body = toJson(draft.body);
    const found = { verdict, realisedLow, realisedMid, realisedHigh, currency: realised?.currency ?? null };
    const span = { coversFrom, coversTo, lakeVersion };
    await db
      .insertInto("verifications")
      .values({
        planId,
        seq,
        ...found,
        ...span,
        body,
        bodyDigest: digestOf(body),
        computedBy: actor,
        computedAt: at,
      })
      .execute();
    note({
      action: `verification.${verdict}`,
      subject: `plan ${planId}`,
      details: { seq, ...found, ...span },
    });
    return seq;
  });

/** Oldest first. @throws STATE_RECORD_INVALID */
export const listVerifications = async (state: State, planId: string): Promise<readonly Verification[]> => {
  const rows = await state.read((db) =>
    db.selectFrom("verifications").selectAll().where("planId", "=", planId).orderBy("seq").execute(),
  );
  return rows.map((row) => {
    const { realisedLow: low, realisedMid: mid, realisedHigh: high, currency, body, ...rest } = row;
    const realised = readMoneyEstimate({ low, mid, high, currency });
    return {
      ...rest,
      ...(realised === undefined ? {} : { realised }),
      body: readJson(jsonObject, body, `verification ${row.seq} of plan ${planId}`),
    };
  });
};

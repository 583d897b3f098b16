import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { STATE_ENGINES } from "../testing/state-engines.ts";
import { readAudit, verifyChain } from "./audit.ts";
import { writeSetting } from "./settings.ts";
import type { State } from "./state.ts";

/** As somebody would who has the database to himself. */
const withoutGuard = async (state: State, id: string, tamper: string): Promise<void> => {
  const triggers =
    id === "sqlite"
      ? ["drop trigger audit_log_no_update", "drop trigger audit_log_no_delete"]
      : ["alter table audit_log disable trigger user"];
  for (const statement of [...triggers, tamper]) await sql.raw(statement).execute(state.db);
};

const withEntries = async (open: () => Promise<State>, count: number): Promise<State> => {
  const state = await open();
  for (let version = 0; version < count; version++)
    await writeSetting(state, "anna", { name: "limit", value: version, version });
  return state;
};

describe.each(STATE_ENGINES.filter(({ isThere }) => isThere))("the audit log $name", ({ id, home }) => {
  it("says who did what, and is whole", async () => {
    const state = await withEntries((await home()).open, 3);
    expect(await verifyChain(state)).toMatchObject({ status: "whole", entries: 3 });
    expect(await readAudit(state, { limit: 1 })).toMatchObject([
      {
        seq: 3,
        actor: "anna",
        action: "setting.changed",
        subject: "setting limit",
        details: { value: 2, version: 3 },
      },
    ]);
  });

  it.each([
    ["an entry was changed", "update audit_log set actor = 'bob' where seq = 2", 2],
    ["an entry was removed", "delete from audit_log where seq = 2", 3],
    ["its end was cut off", "delete from audit_log where seq = 3", 3],
    ["its details were changed", `update audit_log set details = '{"value":7,"version":1}' where seq = 1`, 1],
    ["an instant was changed", "update audit_log set at = '2026-07-01T12:00:00.001Z' where seq = 2", 2],
  ])("shows that %s", async (_, tamper, seq) => {
    const state = await withEntries((await home()).open, 3);
    await withoutGuard(state, id, tamper);
    expect(await verifyChain(state)).toMatchObject({ status: "broken", seq });
  });

  it("shows by an anchor kept elsewhere that the whole of it was exchanged", async () => {
    const { open } = await home();
    const state = await withEntries(open, 3);
    const found = await verifyChain(state);
    const anchor = found.status === "whole" ? found.head : { seq: 0, hash: "" };
    expect(await verifyChain(state, anchor)).toMatchObject({ status: "whole" });
    await withoutGuard(state, id, "delete from audit_log");
    await sql`update audit_head set seq = 0, hash = ''`.execute(state.db);
    await sql`delete from settings`.execute(state.db);
    expect(await verifyChain(state, anchor)).toMatchObject({ status: "broken", seq: 3 });
    for (let version = 0; version < 4; version++)
      await writeSetting(state, "bob", { name: "limit", value: version, version });
    expect(await verifyChain(state)).toMatchObject({ status: "whole" });
    expect(await verifyChain(state, anchor)).toMatchObject({ status: "broken", seq: 3 });
  });

  it("is one chain whoever writes at once", async () => {
    const { open } = await home();
    const states = await Promise.all(Array.from({ length: 4 }, () => open()));
    await Promise.all(
      states.flatMap((state, writer) =>
        Array.from({ length: 5 }, (_, index) =>
          writeSetting(state, `writer-${writer}`, { name: `${writer}-${index}`, value: null, version: 0 }),
        ),
      ),
    );
    expect(await verifyChain(states[0] as State)).toMatchObject({ status: "whole", entries: 20 });
  });
});

import { day, decimal, estimate } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { STATE_ENGINES } from "../testing/state-engines.ts";
import { addRecord, changeRecord, listRecords } from "./programme-records.ts";
import {
  changeProgramme,
  createProgramme,
  listProgrammes,
  moveProgramme,
  readProgramme,
} from "./programmes.ts";
import { decideRecommendation, recommendationId } from "./recommendations.ts";
import { recordRecommendations } from "./record-recommendations.ts";
import type { State } from "./state.ts";
import { listDependencies, orderTasks, setDependencies } from "./task-order.ts";
import { addTask, changeTask, listTasks, moveTask, readTaskHistory } from "./tasks.ts";

const key = { advisor: "idle-resources", resource: "disk-1", scope: "acme", fingerprint: "delete" };
const evidence = { query: "effective by Service", answer: "12.30", at: "2026-07-01T00:00:00Z" };

const begin = async (open: () => Promise<State>) => {
  const state = await open();
  return {
    state,
    programme: await createProgramme(state, "anna", { name: "Autumn", startsOn: day("2026-09-01") }),
  };
};

describe.each(STATE_ENGINES.filter(({ isThere }) => isThere))("a programme $name", ({ home }) => {
  it("is what was said of it, and no two have one name", async () => {
    const { state, programme } = await begin((await home()).open);
    expect(await readProgramme(state, programme)).toMatchObject({
      name: "Autumn",
      status: "draft",
      startsOn: "2026-09-01",
      details: {},
    });
    await expect(createProgramme(state, "bob", { name: "Autumn" })).rejects.toMatchObject({
      code: "STATE_EXISTS",
    });
    await moveProgramme(state, "anna", { id: programme, version: 1, status: "active" });
    await expect(
      moveProgramme(state, "bob", { id: programme, version: 1, status: "closed" }),
    ).rejects.toMatchObject({ code: "STATE_CONFLICT" });
    await expect(
      moveProgramme(state, "bob", { id: programme, version: 2, status: "draft" }),
    ).rejects.toMatchObject({ code: "STATE_MOVE_REFUSED" });
    expect(await listProgrammes(state)).toMatchObject([{ status: "active", version: 2 }]);
  });

  it("can be changed but for its name, by who read it last", async () => {
    const { state, programme } = await begin((await home()).open);
    const change = { id: programme, version: 1, startsOn: day("2026-10-01"), details: { target: "5" } };
    await changeProgramme(state, "anna", change);
    expect(await readProgramme(state, programme)).toMatchObject({
      name: "Autumn",
      startsOn: "2026-10-01",
      details: { target: "5" },
      version: 2,
    });
    await expect(changeProgramme(state, "bob", change)).rejects.toMatchObject({ code: "STATE_CONFLICT" });
  });

  it("has tasks in an order, that move by the rules and keep their history", async () => {
    const { state, programme } = await begin((await home()).open);
    const effortHours = estimate(decimal("2"), decimal("4.5"), decimal("8"));
    const first = await addTask(state, "anna", programme, {
      title: "Resize",
      owner: "bob",
      dueOn: day("2026-09-30"),
      effortHours,
    });
    const second = await addTask(state, "anna", programme, { title: "Delete" });
    expect(await listTasks(state, programme)).toMatchObject([
      { id: first, position: 1, owner: "bob", dueOn: "2026-09-30", status: "todo" },
      { id: second, position: 2 },
    ]);
    expect(String((await listTasks(state, programme))[0]?.effortHours?.mid)).toBe("4.5");
    await orderTasks(state, "anna", programme, [second, first]);
    expect((await listTasks(state, programme)).map(({ id }) => id)).toEqual([second, first]);
    await expect(orderTasks(state, "anna", programme, [second, second])).rejects.toMatchObject({
      code: "STATE_INPUT_INVALID",
    });

    await moveTask(state, "bob", { id: first, version: 1, status: "in-progress" });
    await expect(moveTask(state, "bob", { id: first, version: 2, status: "done" })).rejects.toMatchObject({
      code: "STATE_MOVE_REFUSED",
      message: expect.stringContaining("by evidence"),
    });
    await moveTask(state, "bob", { id: first, version: 2, status: "done", evidence });
    await expect(changeTask(state, "eve", { id: first, version: 1, title: "Mine" })).rejects.toMatchObject({
      code: "STATE_CONFLICT",
    });
    await changeTask(state, "anna", { id: first, version: 3, title: "Resize the database" });
    expect(await readTaskHistory(state, first)).toMatchObject([
      { seq: 1, fromStatus: null, toStatus: "todo", actor: "anna" },
      { seq: 2, toStatus: "in-progress", actor: "bob" },
      { seq: 3, toStatus: "done", evidence },
    ]);
  });

  it("lets no tasks wait for each other in a circle, however far", async () => {
    const { state, programme } = await begin((await home()).open);
    const [a = "", b = "", c = ""] = [
      await addTask(state, "anna", programme, { title: "a" }),
      await addTask(state, "anna", programme, { title: "b" }),
      await addTask(state, "anna", programme, { title: "c" }),
    ];
    await setDependencies(state, "anna", { id: a, version: 1, dependsOn: [b] });
    await setDependencies(state, "anna", { id: b, version: 1, dependsOn: [c, c] });
    await expect(setDependencies(state, "anna", { id: c, version: 1, dependsOn: [a] })).rejects.toMatchObject(
      {
        code: "STATE_MOVE_REFUSED",
        message: expect.stringContaining("→"),
      },
    );
    await expect(setDependencies(state, "anna", { id: c, version: 1, dependsOn: [c] })).rejects.toMatchObject(
      { code: "STATE_MOVE_REFUSED" },
    );
    await expect(
      setDependencies(state, "anna", { id: c, version: 1, dependsOn: ["task-x"] }),
    ).rejects.toMatchObject({ code: "STATE_NOT_FOUND" });
    expect(await listDependencies(state, programme)).toHaveLength(2);
    await expect(moveTask(state, "bob", { id: a, version: 2, status: "in-progress" })).rejects.toMatchObject({
      message: expect.stringContaining(`${b}, which it depends on`),
    });
    await setDependencies(state, "anna", { id: a, version: 2, dependsOn: [] });
    await moveTask(state, "bob", { id: a, version: 3, status: "in-progress" });
  });

  it("takes an accepted recommendation once, as it was accepted", async () => {
    const { state, programme } = await begin((await home()).open);
    const id = recommendationId(key);
    const found = { key, title: "Delete", body: {} };
    const findings = { advisor: key.advisor, abstained: [], settings: {}, programVersion: "0.1.0" };
    await recordRecommendations(state, "advise", { ...findings, found: [found] });
    await expect(addTask(state, "anna", programme, { title: "x", recommendation: id })).rejects.toMatchObject(
      { code: "STATE_MOVE_REFUSED" },
    );
    await decideRecommendation(state, "anna", { id, version: 1, decision: { status: "accepted" } });
    await recordRecommendations(state, "advise", { ...findings, found: [{ ...found, title: "Delete it" }] });
    const task = await addTask(state, "anna", programme, { title: "x", recommendation: id });
    expect(await listTasks(state, programme)).toMatchObject([
      { id: task, recommendation: { id, revision: 1 } },
    ]);
    await expect(addTask(state, "bob", programme, { title: "y", recommendation: id })).rejects.toMatchObject({
      code: "STATE_EXISTS",
    });
    await moveTask(state, "anna", { id: task, version: 1, status: "cancelled", reason: "not now" });
    await addTask(state, "bob", programme, { title: "y", recommendation: id });
  });

  it("keeps its risks, budget and the like, each of its kind", async () => {
    const { state, programme } = await begin((await home()).open);
    const risk = {
      title: "Cold starts",
      impact: "high",
      probability: "low",
      trend: "steady",
      mitigation: "Canary",
    } as const;
    const id = await addRecord(state, "anna", programme, { kind: "risk", body: risk });
    const budget = { title: "People", allocated: "12000.50", spent: "0", currency: "EUR", people: 3 };
    await addRecord(state, "anna", programme, { kind: "budget", body: budget });
    expect(await listRecords(state, programme, "risk")).toMatchObject([{ id, body: risk, status: "open" }]);
    expect(await listRecords(state, programme, "budget")).toMatchObject([{ body: budget }]);
    await changeRecord(state, "bob", {
      id,
      version: 1,
      kind: "risk",
      status: "closed",
      body: { ...risk, trend: "falling" },
    });
    await expect(
      changeRecord(state, "eve", { id, version: 1, kind: "risk", status: "open", body: risk }),
    ).rejects.toMatchObject({ code: "STATE_CONFLICT" });
    const wrong = addRecord(state, "anna", programme, {
      kind: "budget",
      body: { ...budget, spent: "a lot" },
    });
    await expect(wrong).rejects.toMatchObject({ code: "STATE_INPUT_INVALID" });
  });
});

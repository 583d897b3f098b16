import { instant } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { STATE_ENGINES } from "../testing/state-engines.ts";
import { assign, listAssignments } from "./assignments.ts";
import {
  addComment,
  countComments,
  listComments,
  listMentions,
  markMentionsRead,
  removeComment,
} from "./comments.ts";

const subject = "recommendation rec-1";

describe.each(STATE_ENGINES.filter(({ isThere }) => isThere))("comments $name", ({ home }) => {
  it("are read by those who are named in them, until they are taken back", async () => {
    let now = "2026-07-01T12:00:00.000Z";
    const state = await (await home()).open({ now: () => new Date(now) });
    const first = await addComment(state, "anna@example.com", {
      subject,
      text: "Is this right, @Bob@example.com?",
      mentions: ["Bob@example.com", "bob@example.com"],
    });
    now = "2026-07-01T13:00:00.000Z";
    await addComment(state, "bob@example.com", { subject, text: "It is.", mentions: ["anna@example.com"] });
    await addComment(state, "bob@example.com", { subject: "plan plan-1", text: "Ready.", mentions: [] });

    expect((await listComments(state, subject)).map(({ text }) => text)).toEqual([
      "Is this right, @Bob@example.com?",
      "It is.",
    ]);
    expect(await countComments(state)).toEqual(
      new Map([
        ["plan plan-1", 1],
        [subject, 2],
      ]),
    );
    const mentioned = await listMentions(state, "BOB@example.com", 10);
    expect(mentioned).toEqual({ comments: [{ ...first, mentions: ["bob@example.com"] }] });

    await markMentionsRead(state, "bob@example.com", instant("2030-01-01T00:00:00Z"));
    const { readUntil } = await listMentions(state, "bob@example.com", 10);
    expect(readUntil).toBe(now);
    await markMentionsRead(state, "bob@example.com", instant("2026-07-01T12:30:00Z"));
    expect((await listMentions(state, "bob@example.com", 10)).readUntil).toBe(now);

    await expect(removeComment(state, "bob@example.com", first.id)).rejects.toMatchObject({
      code: "STATE_NOT_FOUND",
    });
    await removeComment(state, "anna@example.com", first.id);
    expect((await listComments(state, subject)).map(({ author }) => author)).toEqual(["bob@example.com"]);
    expect((await listMentions(state, "bob@example.com", 10)).comments).toEqual([]);
  });

  it("stand beside who looks after it", async () => {
    const state = await (await home()).open();
    await assign(state, "anna", { subject, assignee: "bob@example.com" });
    await assign(state, "anna", { subject, assignee: "carl@example.com" });
    expect(await listAssignments(state)).toEqual(new Map([[subject, "carl@example.com"]]));
    await assign(state, "anna", { subject, assignee: null });
    expect(await listAssignments(state)).toEqual(new Map());
  });
});

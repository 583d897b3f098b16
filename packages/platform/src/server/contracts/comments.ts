import { z } from "zod";
import { defineRoutes } from "../contract.ts";
import { instantSchema, list } from "./common.ts";

/** What can be talked about, e.g. `recommendation rec-1234`. */
const subject = z
  .string()
  .max(200)
  .regex(/^(recommendation|plan|programme|task) \S.*$/, "a kind and an id, such as `plan plan-1234`");

const comment = z.strictObject({
  id: z.string(),
  subject,
  /** By name, as `GET /people/names` has it. */
  author: z.string(),
  /** Whether the caller said it, and may take it back. */
  isOwn: z.boolean(),
  text: z.string(),
  /** Names of those who are named by `@`. */
  mentions: list(z.string()),
  at: instantSchema,
});

export const commentContracts = defineRoutes({
  listComments: {
    method: "GET",
    path: "/api/v1/comments",
    summary: "What was said about something, oldest first",
    tag: "People",
    access: "read",
    scope: "rows",
    query: z.strictObject({ subject }),
    response: z.strictObject({ items: list(comment) }),
  },
  addComment: {
    method: "POST",
    path: "/api/v1/comments",
    summary: "Say something; `@` and a name, or an address, mentions somebody",
    tag: "People",
    access: "save",
    scope: "rows",
    body: z.strictObject({ subject, text: z.string().trim().min(1).max(10_000) }),
    response: comment,
    status: 201,
  },
  removeComment: {
    method: "DELETE",
    path: "/api/v1/comments/:id",
    summary: "Take back what one said",
    tag: "People",
    access: "save",
    scope: "rows",
    params: z.strictObject({ id: z.string().max(100) }),
    response: z.null(),
    status: 204,
  },
  listMentions: {
    method: "GET",
    path: "/api/v1/mentions",
    summary: "Where one was mentioned, newest first",
    tag: "People",
    access: "read",
    scope: "rows",
    response: z.strictObject({ items: list(comment), unread: z.int() }),
  },
  readMentions: {
    method: "POST",
    path: "/api/v1/mentions/read",
    summary: "Mark all mentions up to a moment as read",
    tag: "People",
    access: "read",
    scope: "none",
    body: z.strictObject({ until: instantSchema }),
    response: z.null(),
    status: 204,
  },
});

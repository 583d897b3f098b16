import { expect, test } from "vitest";
import { readWayBack } from "./way-back.ts";

test("signing in leads back to where one came from", () => {
  expect(readWayBack({ to: "/explorer?chart=line" })).toEqual({ to: "/explorer?chart=line" });
});

test.each([
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "javascript:alert(1)",
  "/sign-in?to=/",
  5,
])("but never to %s", (to) => {
  expect(readWayBack({ to })).toEqual({});
});

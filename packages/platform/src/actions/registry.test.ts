import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { actions } from "./registry.ts";

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "shared")
  .map(({ name }) => name);

test("every folder has its line", () => {
  expect(Object.keys(actions).toSorted()).toEqual(folders.toSorted());
});

test.each(Object.entries(actions))("%s says its id, and where each fact is from and when", (id, action) => {
  expect(action.id).toBe(id);
  expect(action.facts.length).toBeGreaterThan(0);
  for (const { text, source, date } of action.facts) {
    expect(text).toMatch(/^[A-Z].*\.$/s);
    expect(source).toMatch(/^https:\/\/|^Google Cloud CLI/);
    expect(date).toMatch(/^2026-\d{2}-\d{2}$/);
  }
});

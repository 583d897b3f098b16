import { expect, test } from "vitest";
import { cronWords, readRhythm, toCron } from "./cron-words.ts";

test("the usual rhythms are said in words", () => {
  expect(cronWords("0 7 * * *")).toBe("every day at 07:00");
  expect(cronWords("30 6 * * 1-5")).toBe("Monday to Friday at 06:30");
  expect(cronWords("0 7 * * 1")).toBe("every Monday at 07:00");
  expect(cronWords("0 7 * * 7")).toBe("every Sunday at 07:00");
  expect(cronWords("5 18 3 * *")).toBe("on day 3 of every month at 18:05");
});

test("other expressions stay as they are", () => {
  for (const cron of ["*/5 * * * *", "0 7 1 * 1", "0 7 * 6 *", "0 7 1-7 * MON"]) {
    expect(cronWords(cron)).toBe(`by cron ${cron}`);
    expect(toCron(readRhythm(cron))).toBe(cron);
  }
});

test("what the form reads it writes again", () => {
  for (const cron of ["0 7 * * *", "30 6 * * 1-5", "15 23 * * 0", "0 0 31 * *"]) {
    expect(toCron(readRhythm(cron))).toBe(cron);
  }
});

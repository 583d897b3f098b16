import { expect, it } from "vitest";
import { deriving } from "./deriving.ts";

it("makes what follows from an answer once, and for no other answer", () => {
  let made = 0;
  const named = deriving((answer: { readonly rows: number }, place: number) => {
    made += 1;
    return { rows: answer.rows, place };
  });
  const [one, other] = [{ rows: 1 }, { rows: 1 }];
  const first = named(one, 5);
  expect(named(one, 5)).toBe(first);
  expect(named(other, 7)).toEqual({ rows: 1, place: 7 });
  expect(made).toBe(2);
});

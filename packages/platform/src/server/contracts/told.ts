import type { Decimal } from "@trimtab/domain";
import { z } from "zod";

/** What becomes of a value in JSON: decimals are texts. */
export type Told<T> = T extends Decimal
  ? string
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends readonly (infer E)[]
      ? readonly Told<E>[]
      : { readonly [K in keyof T]: Told<T[K]> };

/** An answer whose shape is a type of the program's own; what it is stands in the API's reference by name. */
export const told = <T>(about: string) =>
  z.custom<Told<T>>((value) => typeof value === "object" && value !== null).meta({ description: about });

/** A value that is about to become JSON. */
export const tell = <T>(value: T): Told<T> => value as unknown as Told<T>;

/** A value, or the reason why there is none: missing evidence is never NaN, null or zero. */
export type Known<T> =
  | { readonly status: "known"; readonly value: T }
  | { readonly status: "unknown"; readonly reason: string };

export function known<T>(value: T): Known<T> {
  return { status: "known", value };
}

export function unknown<T = never>(reason: string): Known<T> {
  return { status: "unknown", reason };
}

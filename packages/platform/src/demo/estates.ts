import type { Estate, EstateId } from "./estate.ts";

/** Makes one company's bills anew: the same bytes each time. Loads only what that estate needs. */
export async function makeEstate(id: EstateId): Promise<Estate> {
  switch (id) {
    case "aiprod":
      return (await import("./aiprod.ts")).aiprod();
    case "ion":
      return (await import("./ion.ts")).ion();
    case "securebase":
      return (await import("./securebase.ts")).securebase();
    case "samplemind":
      return (await import("./samplemind.ts")).samplemind();
  }
}

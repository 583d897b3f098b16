/** What the program's exit code tells a script. `docs/reference/exit-codes.md` is made from this table. */
export const EXIT_CODES = {
  ok: { code: 0, meaning: "The command did what was asked, and the answer is yes where there is one." },
  no: {
    code: 1,
    meaning:
      "The command did its work and the answer is no: amounts are off, a claim is wrong, a file does not conform, the doctor found something broken.",
  },
  badInput: {
    code: 2,
    meaning:
      "Something given can't be used: an unknown command or option, a file that can't be read as a bill, a query that names nothing known. Nothing was changed.",
  },
  surroundings: {
    code: 3,
    meaning: "The machine or a service refused: no disk space, no permission, no network, no credentials.",
  },
  fault: { code: 70, meaning: "A fault in Trimtab itself. Run again with `TRIMTAB_DEBUG=1` and report it." },
  interrupted: { code: 130, meaning: "Interrupted by Ctrl-C (SIGINT). No load is left half done." },
  terminated: { code: 143, meaning: "Ended by SIGTERM. No load is left half done." },
} as const satisfies Record<string, { readonly code: number; readonly meaning: string }>;

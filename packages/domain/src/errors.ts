/** Values that an error's texts may name: never secrets, never whole rows. */
export type ErrorDetails = Readonly<Record<string, string | number>>;

/** One entry of an error catalogue. Texts may hold `{placeholders}`. */
export interface ErrorEntry {
  /** What happened. */
  readonly message: string;
  /** Why it matters or why it happens; shown in the reference page. */
  readonly why?: string;
  /** What the reader can do about it. */
  readonly hint: string;
  /** Exit code of the command line. */
  readonly exitCode?: number;
  /** Status of an HTTP reply. */
  readonly status?: number;
}

export type ErrorCatalogue = Readonly<Record<string, ErrorEntry>>;

/** The one error class of Trimtab: a permanent code, what happened, and what to do about it. */
export class TrimtabError extends Error {
  readonly code: string;
  readonly why: string | undefined;
  readonly hint: string;
  readonly details: ErrorDetails;
  readonly exitCode: number | undefined;
  readonly status: number | undefined;

  constructor(code: string, entry: ErrorEntry, details: ErrorDetails, options?: ErrorOptions) {
    super(interpolate(entry.message, details), options);
    this.name = "TrimtabError";
    this.code = code;
    this.why = entry.why === undefined ? undefined : interpolate(entry.why, details);
    this.hint = interpolate(entry.hint, details);
    this.details = details;
    this.exitCode = entry.exitCode;
    this.status = entry.status;
  }
}

/** The errors of one room: the only way to make one, and the texts for the generated reference page. */
export interface ErrorFactory<C extends ErrorCatalogue> {
  readonly catalogue: C;
  create(code: keyof C & string, params?: ErrorDetails, options?: ErrorOptions): TrimtabError;
}

/** Declares the errors of a room; the keys of the catalogue are the permanent codes. */
export function defineErrors<const C extends ErrorCatalogue>(catalogue: C): ErrorFactory<C> {
  return {
    catalogue,
    create(code, params = {}, options) {
      const entry = catalogue[code];
      if (entry === undefined) throw new TypeError(`No error has the code ${code}`);
      return new TrimtabError(code, entry, params, options);
    },
  };
}

/** A placeholder without a value leaves nothing behind; values may come from bills, so terminal escapes are shown as �. */
function interpolate(template: string, params: ErrorDetails): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) =>
    Object.hasOwn(params, name) ? String(params[name]).replace(/[^\P{Cc}\n\t]/gu, "\uFFFD") : "",
  );
}

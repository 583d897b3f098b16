/** What went wrong, as the server's problem details (RFC 9457) say it. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly status: number;
  /** Permanent; see the reference of errors. */
  readonly code: string;
  readonly hint: string;
  /** The server's id of the request, for its log. */
  readonly requestId: string;

  constructor(problem: {
    readonly status: number;
    readonly code: string;
    readonly detail: string;
    readonly hint: string;
    readonly requestId?: string;
  }) {
    super(problem.detail);
    this.status = problem.status;
    this.code = problem.code;
    this.hint = problem.hint;
    this.requestId = problem.requestId ?? "";
  }

  static unreachable(): ProblemError {
    return new ProblemError({
      status: 0,
      code: "UNREACHABLE",
      detail: "The server does not answer.",
      hint: "Check your connection, and that `trimtab serve` is running; then try again.",
    });
  }
}

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

const fallback: Readonly<Record<number, { readonly detail: string; readonly hint: string }>> = {
  401: { detail: "You are not signed in.", hint: "Sign in and try again." },
  403: { detail: "You may not do this.", hint: "Ask an administrator for a role that may." },
  404: { detail: "This is not there.", hint: "It may have been removed; go back and look again." },
  429: { detail: "Too many requests.", hint: "Wait a minute, then try again." },
  503: { detail: "The server is busy.", hint: "Wait a moment, then try again." },
};

/** Reads our problem details, and the plainer errors of sign-in (`{ message, code }`). */
export const readProblem = async (response: Response): Promise<ProblemError> => {
  const body: unknown = await response.json().catch(() => null);
  const given = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  const known = fallback[response.status];
  return new ProblemError({
    status: response.status,
    code: text(given.code) ?? `HTTP_${response.status}`,
    detail:
      text(given.detail) ??
      text(given.message) ??
      known?.detail ??
      `The server answered with status ${response.status}.`,
    hint: text(given.hint) ?? known?.hint ?? "Try again; if it stays, the server's log says more.",
    requestId: text(given.instance) ?? "",
  });
};

/** Anything that was thrown, as a problem that can be shown. */
export const toProblem = (error: unknown): ProblemError =>
  error instanceof ProblemError
    ? error
    : new ProblemError({
        status: 0,
        code: "WEB_FAULT",
        detail: error instanceof Error ? error.message : "Something went wrong in this page.",
        hint: "Reload the page; if it comes back, report it with what you did before.",
      });

/** Would asking again help? */
export const isPassing = (error: unknown): boolean =>
  error instanceof ProblemError && [0, 429, 502, 503, 504].includes(error.status);

import { defineErrors } from "@trimtab/domain";

/** What the server answers besides the errors of the rooms below it. */
export const serverErrors = defineErrors({
  SERVER_INPUT_INVALID: {
    message: "The request is not valid at {path}: {problem}",
    hint: "`errors` names every wrong field; /api/v1/openapi.json says what each route takes.",
    exitCode: 2,
    status: 400,
  },
  SERVER_CURSOR_INVALID: {
    message: "The cursor does not belong to this question",
    why: "A cursor continues exactly the question and the lake version that it came from.",
    hint: "Take nextCursor from the answer before, or ask from the start without a cursor.",
    status: 400,
  },
  SERVER_NOT_SIGNED_IN: {
    message: "Nobody is signed in",
    hint: "Sign in, or send an API token as `Authorization: Bearer TOKEN`.",
    status: 401,
  },
  SERVER_NOT_ALLOWED: {
    message: "{actor} may not do this: it needs the permission {permission}",
    hint: "Ask an admin for a role that has it; a token also needs it among its own scopes.",
    status: 403,
  },
  SERVER_SCOPE_TOO_NARROW: {
    message: "{actor} sees part of the charges, and this speaks of all of them",
    hint: "Ask an admin, or somebody who sees all charges.",
    status: 403,
  },
  SERVER_ROUTE_UNKNOWN: {
    message: "There is no {method} {path}",
    hint: "/api/v1/openapi.json lists every route.",
    status: 404,
  },
  SERVER_NOT_FOUND: {
    message: "There is no {what} {id}",
    hint: "Check its id; it may have been removed since.",
    status: 404,
  },
  SERVER_BODY_TOO_LARGE: {
    message: "The request is larger than {limit} bytes",
    hint: "Send less at once; bills go to POST /api/v1/uploads, which takes large files.",
    status: 413,
  },
  SERVER_MEDIA_TYPE: {
    message: "The request's content type is not one this route takes",
    hint: "Send JSON as application/json.",
    status: 415,
  },
  SERVER_TOO_MANY_REQUESTS: {
    message: "{limit} requests a minute are the limit",
    hint: "Wait as long as the header Retry-After says, then go on.",
    status: 429,
  },
  SERVER_BUSY: {
    message: "{waiting} questions wait already",
    why: "Only a few run at a time, so that each is answered soon; more would only wait longer.",
    hint: "Ask again after as many seconds as the header Retry-After says.",
    status: 503,
  },
  SERVER_NOT_READY: {
    message: "The server can't answer questions now: {reason}",
    hint: "Look at its log; it tries again by itself.",
    status: 503,
  },
  SERVER_STOPPING: {
    message: "The server is stopping",
    hint: "Ask again in a moment, when it is back.",
    status: 503,
  },
  SERVER_CANCELLED: {
    message: "The request was given up before it was answered",
    hint: "Ask again.",
    status: 499,
  },
  SERVER_FAULT: {
    message: "Trimtab failed in a way it should not",
    why: "This is a fault in Trimtab, not in what you gave it.",
    hint: "The server's log tells more under the request's id, the problem's `instance`: report it with that.",
    status: 500,
  },
  SERVER_ADDRESS_IN_USE: {
    message: "Something else listens at {address}",
    hint: "Choose another port with --port, or stop what uses it.",
    exitCode: 3,
  },
  UPLOAD_TOO_LARGE: {
    message: "The file is larger than {limit} bytes",
    hint: "Compress it, or split it by billing period; `trimtab ingest` on the server's machine has no limit.",
    status: 413,
  },
  UPLOAD_EMPTY: {
    message: "The upload holds nothing",
    hint: "Send the file's bytes as the request's body.",
    status: 400,
  },
  UPLOAD_CUT_SHORT: {
    message: "The upload ended before the file did; nothing of it was kept",
    hint: "Send it again.",
    status: 400,
  },
  UPLOAD_REFUSED: {
    message: "{name} is refused: {reason}",
    why: "A small file that unpacks to a huge one, or to paths outside its folder, is how servers are attacked.",
    hint: "Send the bill itself as CSV, JSON or Parquet, alone or compressed by gzip or zstd, or in a plain zip file.",
    status: 422,
  },
  UPLOADS_FULL: {
    message: "{waiting} uploads wait to be loaded already",
    hint: "Wait until some are loaded, then send this again.",
    status: 503,
  },
  DEMO_NOT_POSSIBLE: {
    message: "The demo can't be filled in: {reason}",
    why: "Bills of an invented company must never mix with real ones.",
    hint: "Start the server with an empty lake: trimtab serve --lake DIR.",
    status: 409,
  },
});

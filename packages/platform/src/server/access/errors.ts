import { defineErrors } from "@trimtab/domain";

/** What can go wrong with who may. Texts never say whether an account, a link or a token exists. */
export const accessErrors = defineErrors({
  ACCESS_CREDENTIALS_REFUSED: {
    message: "The token that was sent is not accepted",
    why: "It is unknown, expired, revoked, or its owner may no longer sign in.",
    hint: "Make a new token under Settings; tokens of services are checked against the file of services.",
    exitCode: 2,
    status: 401,
  },
  ACCESS_SIGN_IN_FAILED: {
    message: "Email address and password don't fit",
    hint: "Try again. An admin can make a link for a new password, as can `trimtab people link EMAIL` on the server's machine.",
    exitCode: 2,
    status: 401,
  },
  ACCESS_TOO_MANY_ATTEMPTS: {
    message: "Too many attempts; the next one is possible in {seconds} s",
    why: "Each failed attempt makes the next one wait longer, so that passwords can't be guessed.",
    hint: "Wait, then try again.",
    exitCode: 3,
    status: 429,
  },
  ACCESS_PERSONS_ONLY: {
    message: "This is not done with a token",
    why: "A token that could give out access would outlive its own end.",
    hint: "Sign in and do it there.",
    exitCode: 2,
    status: 403,
  },
  ACCESS_ORIGIN_REFUSED: {
    message: "The request does not come from this server's own pages",
    why: "Another site could otherwise act for somebody who is signed in here.",
    hint: "Behind a proxy, say the address that people use with --public-url (TRIMTAB_PUBLIC_URL). A program uses a token instead.",
    exitCode: 2,
    status: 403,
  },
  ACCESS_SCOPE_INVALID: {
    message: "{dimension} can't be part of what a team sees: {reason}",
    hint: "Use columns of text, tags (`tag:KEY`), extra columns (`x:KEY`), source or provider, with any operator but `matches`.",
    exitCode: 2,
    status: 422,
  },
  ACCESS_PASSWORD_REFUSED: {
    message: "The new password has to have {min} to {max} characters",
    hint: "A few words in a row are easier to keep in mind than signs.",
    exitCode: 2,
    status: 422,
  },
  ACCESS_TOKEN_REFUSED: {
    message: "The token can't be made: {reason}",
    hint: "Ask for permissions that you have, and an end within a year.",
    exitCode: 2,
    status: 422,
  },
  ACCESS_SERVICES_INVALID: {
    message: "{file} is no file of services: {reason}",
    hint: "docs/guides/access.md shows one.",
    exitCode: 2,
  },
  ACCESS_URL_INVALID: {
    message: "{url} is not the address of this server: {reason}",
    hint: "Give scheme and host as people type them, for example https://costs.example.com.",
    exitCode: 2,
  },
});

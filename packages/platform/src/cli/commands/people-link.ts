import { actorOf } from "../actor.ts";
import { defineCommand } from "../command.ts";

const VALID_MS = 24 * 3600_000;

export const peopleLinkCommand = defineCommand({
  name: "people link",
  summary: "make a one-time link by which somebody comes in or sets a new password",
  group: "state",
  details: [
    "For whoever runs the server, when no admin can sign in any more. The link works once and for a day; it ends every earlier one of that person, and using it ends all of their sessions. Only its hash is kept.",
    "Whoever can run this can be anybody: the account of the server's machine is as strong as an admin.",
  ],
  args: [{ name: "email", description: "whose link it is", required: true }],
  options: [
    {
      name: "public-url",
      value: "URL",
      env: "TRIMTAB_PUBLIC_URL",
      description: "the address that people use, to print a whole link",
    },
  ],
  examples: [{ run: "trimtab people link anna@example.com", does: "let Anna set a new password" }],
  async run({ services, env }, { args, options }) {
    const email = String(args.email);
    const { stateErrors } = await import("../../state/errors.ts");
    const { findPersonByEmail } = await import("../../state/people.ts");
    const { makePersonLink } = await import("../../state/one-time-links.ts");
    const { linkPath, newLinkCode } = await import("../../server/access/secret-codes.ts");
    const { readPublicUrl } = await import("../../server/access/own-origin.ts");
    const origin = typeof options["public-url"] === "string" ? readPublicUrl(options["public-url"]) : "";
    const state = await services.openState();
    const person = await findPersonByEmail(state, email);
    if (person === undefined)
      throw stateErrors.create("STATE_NOT_FOUND", { kind: "person", id: email.slice(0, 254) });
    const { code, hash } = newLinkCode();
    const expiresAt = await makePersonLink(state, actorOf(env), person.id, {
      codeHash: hash,
      validMs: VALID_MS,
    });
    const link = `${origin}${linkPath(code)}`;
    return {
      document: {
        title: `A link for ${person.email}, good until ${expiresAt}`,
        blocks: [
          { kind: "facts", facts: [[origin === "" ? "Behind the server's address" : "Link", link]] },
          { kind: "text", text: "Give it to them in a way that nobody else reads; it works once." },
        ],
      },
      json: { email: person.email, link, expiresAt },
    };
  },
});

import { z } from "zod";
import { defineRoutes } from "../contract.ts";
import { email, id, instant, label, named, role } from "./access-shapes.ts";

const person = z.strictObject({
  id,
  email,
  name: z.string(),
  role,
  /** `invited`: has not used the link yet. `off`: can't sign in. */
  status: z.enum(["invited", "active", "off"]),
  teams: z.array(named),
  createdAt: instant,
  lastSignInAt: instant.nullable(),
  /** Give it back with a change: it is refused if somebody else changed the person meanwhile. */
  version: z.int(),
});

/** A link that is shown once; the server keeps only its hash. */
const oneTimeLink = z.strictObject({ code: z.string(), path: z.string(), expiresAt: instant });

export const peopleContracts = defineRoutes({
  listPeople: {
    method: "GET",
    path: "/api/v1/people",
    summary: "Everybody, with role, teams and state",
    tag: "People",
    access: "administer",
    scope: "unrestricted",
    response: z.strictObject({ items: z.array(person) }),
  },
  listPeopleNames: {
    method: "GET",
    path: "/api/v1/people/names",
    summary: "Names of those who can sign in, no two alike, for sharing, assigning and mentioning",
    tag: "People",
    access: "read",
    scope: "none",
    /** Addresses for those who manage people, and one's own. */
    response: z.strictObject({ items: z.array(named.extend({ email: email.optional() })) }),
  },
  invitePerson: {
    method: "POST",
    path: "/api/v1/people",
    summary: "Invites somebody by a one-time link, which is shown once",
    tag: "People",
    access: "administer",
    scope: "unrestricted",
    personsOnly: true,
    body: z.strictObject({ email, name: label, role, teamIds: z.array(id).max(100).default([]) }),
    response: z.strictObject({ person, link: oneTimeLink }),
    status: 201,
  },
  changePerson: {
    method: "PATCH",
    path: "/api/v1/people/:id",
    summary: "Changes name or role, or turns the account off or on; both hold from the next request on",
    tag: "People",
    access: "administer",
    scope: "unrestricted",
    personsOnly: true,
    params: z.object({ id }),
    body: z.strictObject({
      version: z.int().min(1),
      name: label.optional(),
      role: role.optional(),
      isActive: z.boolean().optional(),
    }),
    response: person,
  },
  makePersonLink: {
    method: "POST",
    path: "/api/v1/people/:id/link",
    summary: "A new one-time link: the invitation again, or one to set a new password",
    tag: "People",
    access: "administer",
    scope: "unrestricted",
    personsOnly: true,
    params: z.object({ id }),
    response: oneTimeLink,
    status: 201,
  },
});

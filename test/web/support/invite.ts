import type { APIRequestContext, Browser } from "playwright-core";
import { type Size, type Visit, visit } from "./browser.ts";
import type { WebServer } from "./web-server.ts";

const PASSWORD = "five words of another person";

const post = async (request: APIRequestContext, address: string, data: object) => {
  const answer = await request.post(address, { data, headers: { "x-trimtab-request": "1" } });
  if (!answer.ok()) throw new Error(`${address}: ${await answer.text()}`);
  return await answer.json();
};

interface Invitation {
  readonly server: WebServer;
  readonly admin: Visit;
  readonly name: string;
  readonly role: "viewer" | "analyst" | "operator" | "approver" | "admin";
  readonly size?: Size;
}

/** Somebody who was invited to see all charges, has taken the invitation and is signed in. */
export const invite = async (
  browser: Browser,
  { server: { address }, admin, name, role, size = "desktop" }: Invitation,
): Promise<Visit> => {
  const email = `${name}@example.com`;
  const teams = await (await admin.context.request.get(`${address}/api/v1/teams`)).json();
  const all = teams.items.find(({ scope }: { readonly scope: unknown }) => scope === null);
  const { link } = await post(admin.context.request, `${address}/api/v1/people`, {
    ...{ email, name, role, teamIds: [all.id] },
  });
  const their = await visit(browser, { size });
  await post(their.context.request, `${address}/api/v1/links/use`, { code: link.code, password: PASSWORD });
  await post(their.context.request, `${address}/api/auth/sign-in/email`, { email, password: PASSWORD });
  return their;
};

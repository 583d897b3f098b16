import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { openStorage } from "../../lake/storage/open-storage.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { checkBigQuery } from "./bigquery.ts";
import { checkClouds } from "./clouds.ts";
import type { Finding } from "./finding.ts";

const secret = "s3cr3t-do-not-show";

function put(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** A home folder and a PATH that has only these programs. */
function surroundings(
  programs: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
) {
  const home = tempFolder();
  const bin = join(home, "bin");
  mkdirSync(bin);
  for (const [name, script] of Object.entries(programs)) {
    put(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return {
    home,
    at: {
      env: { HOME: home, PATH: bin, ...env },
      lakeRoot: join(home, "lake"),
      openStorage: () => openStorage(join(home, "lake"), () => new Date()),
      findState: () => Promise.reject(new Error("no state database here")),
      clock: () => new Date(),
      signal: new AbortController().signal,
    },
  };
}

const byName = (findings: readonly Finding[], name: string) =>
  findings.find((finding) => finding.name === name) ?? expect.fail(`no finding ${name}`);

describe("the clouds' tools", () => {
  it("are named with their version, and absent ones are no fault", async () => {
    const { at } = surroundings({ gcloud: "echo Google Cloud SDK 528.0.0", aws: "echo aws-cli/2.1.3 >&2" });
    const findings = await checkClouds(at);
    expect(byName(findings, "Google Cloud: gcloud")).toMatchObject({ status: "ok", detail: "528.0.0" });
    expect(byName(findings, "AWS: aws")).toMatchObject({ status: "ok", detail: "2.1.3" });
    expect(byName(findings, "Azure: az")).toMatchObject({ status: "absent" });
  });

  it("that do not run come with a way to mend them", async () => {
    const { at } = surroundings({ az: "exit 3" });
    const finding = byName(await checkClouds(at), "Azure: az");
    expect(finding).toMatchObject({ status: "warn", detail: "is there but does not run" });
    expect(finding.mend).toContain("az version");
  });
});

describe("credentials", () => {
  it("are found in files and in the environment, and never shown", async () => {
    const { at, home } = surroundings(
      {},
      {
        AWS_ACCESS_KEY_ID: secret,
        AWS_SECRET_ACCESS_KEY: secret,
        AZURE_CLIENT_ID: secret,
        AZURE_TENANT_ID: secret,
        AZURE_CLIENT_SECRET: secret,
      },
    );
    put(
      join(home, ".config/gcloud/application_default_credentials.json"),
      JSON.stringify({ type: "authorized_user", refresh_token: secret }),
    );
    put(join(home, ".aws/credentials"), `[default]\naws_secret_access_key = ${secret}\n[other]\n`);
    const findings = await checkClouds(at);
    for (const cloud of ["Google Cloud", "AWS", "Azure"]) {
      expect(byName(findings, `${cloud}: credentials`).status).toBe("ok");
    }
    expect(byName(findings, "AWS: credentials").detail).toContain("2 profiles in the credentials file");
    expect(byName(findings, "Google Cloud: credentials").detail).toContain("authorized user");
    expect(JSON.stringify(findings)).not.toContain(secret);
  });

  it("that can't be read are told without their text", async () => {
    const { at, home } = surroundings({}, { GOOGLE_APPLICATION_CREDENTIALS: "" });
    const file = join(home, ".config/gcloud/application_default_credentials.json");
    put(file, `{ ${secret}`);
    const findings = await checkClouds(at);
    expect(byName(findings, "Google Cloud: credentials")).toMatchObject({ status: "warn" });
    expect(JSON.stringify(findings)).not.toContain(secret);
  });

  it("missing ones leave BigQuery untried", async () => {
    const [finding] = await checkBigQuery(surroundings().at);
    expect(finding).toMatchObject({ status: "skipped" });
  });
});

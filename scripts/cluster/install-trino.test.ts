import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { tempFolder } from "../../packages/platform/src/testing/temp-folder.ts";
import { installTrino, TRINO_VERSION } from "./install-trino.ts";

const java = { home: "/nowhere", version: "25" };
const say = () => undefined;

afterEach(() => void vi.unstubAllEnvs());

/** Puts a `mvn` into the path that does what the script says. */
const withMaven = (script: string): void => {
  const folder = tempFolder();
  writeFileSync(join(folder, "mvn"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, "mvn"), 0o755);
  vi.stubEnv("PATH", `${folder}:/usr/bin:/bin`);
  vi.stubEnv("MAVEN_HOME", "");
};

it("leaves nothing behind that looks installed when the download fails, and says what Maven said", async () => {
  withMaven(`echo "[ERROR] Could not find artifact io.trino:x in central -> [Help 1]"; exit 1`);
  const cache = join(tempFolder(), "cache");
  await expect(installTrino({ cache, java, say })).rejects.toMatchObject({
    code: "CLUSTER_DOWNLOAD_FAILED",
    message: expect.stringMatching(/Could not find artifact io\.trino:x in central$/),
  });
  expect(readdirSync(cache)).toEqual([]);
});

it("sweeps what a killed installation left, and refuses an archive that is none", async () => {
  // Maven's work is taken for done although the file is no archive.
  withMaven(`for a in "$@"; do case $a in -DoutputDirectory=*) d=\${a#*=};; esac; done
    echo broken > "$d/trino-server-core-${TRINO_VERSION}.tar.gz"`);
  const cache = join(tempFolder(), "cache");
  mkdirSync(join(cache, "installing-old", "trino"), { recursive: true });
  await expect(installTrino({ cache, java, say })).rejects.toMatchObject({ code: "CLUSTER_UNPACK_FAILED" });
  expect(readdirSync(cache)).toEqual([]);
});

it("does not ask Maven for what is there", async () => {
  withMaven("exit 1");
  const cache = tempFolder();
  mkdirSync(join(cache, `trino-${TRINO_VERSION}`));
  expect(await installTrino({ cache, java, say })).toBe(join(cache, `trino-${TRINO_VERSION}`));
});

it("says that Maven is missing", async () => {
  vi.stubEnv("PATH", "/nowhere");
  vi.stubEnv("MAVEN_HOME", "");
  await expect(installTrino({ cache: tempFolder(), java, say })).rejects.toMatchObject({
    code: "CLUSTER_NO_MAVEN",
  });
});

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { TRINO_VERSION } from "../../scripts/cluster/install-trino.ts";
import { REQUIRED_CATALOG_SETTINGS } from "../../scripts/cluster/node-files.ts";

const folder = join(import.meta.dirname, "..", "..", "examples", "cluster");
const read = (path: string): string => readFileSync(join(folder, path), "utf8");

const parseProperties = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .split("\n")
      .filter((line) => line.trim() !== "" && !line.startsWith("#"))
      .map((line) => [line.slice(0, line.indexOf("=")).trim(), line.slice(line.indexOf("=") + 1).trim()]),
  );

const required = Object.fromEntries(
  Object.entries(REQUIRED_CATALOG_SETTINGS).map(([key, value]) => [key, String(value)]),
);

const serviceSchema = z.object({
  image: z.string(),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()),
  deploy: z
    .object({ resources: z.object({ limits: z.object({ cpus: z.string(), memory: z.string() }) }) })
    .optional(),
});
const composeSchema = z.object({
  services: z.object({ folders: serviceSchema, coordinator: serviceSchema, worker: serviceSchema }),
  volumes: z.record(z.string(), z.unknown()),
});
const compose = composeSchema.parse(parse(read("compose.yaml"), { merge: true }));

const helmSchema = z.object({
  image: z.object({ tag: z.string() }),
  catalogs: z.object({ trimtab: z.string() }),
  additionalConfigProperties: z.array(z.string()),
});
const helm = helmSchema.parse(parse(read("helm-values.yaml")));

const megabytes = (text: string): number => Number.parseInt(text, 10) * (/g/i.test(text) ? 1024 : 1);

describe("the Docker Compose example", () => {
  it("runs the version that is tested, and mounts only what is there", () => {
    for (const { image, volumes } of Object.values(compose.services)) {
      expect(image).toBe(`trinodb/trino:${TRINO_VERSION}`);
      for (const volume of volumes) {
        const [source = ""] = volume.split(/:(?=\/)/);
        if (source.startsWith("./")) expect(existsSync(join(folder, source)), source).toBe(true);
        else if (!source.startsWith("$")) expect(Object.keys(compose.volumes)).toContain(source);
      }
    }
  });

  it("gives the catalog what a lake needs", () => {
    expect(parseProperties(read("trino/catalog/trimtab.properties"))).toMatchObject(required);
  });

  it("asks coordinator and workers for the same retries, and names no secret", () => {
    const [coordinator, worker] = ["coordinator", "worker"].map((role) =>
      parseProperties(read(`trino/${role}/config.properties`)),
    );
    for (const key of [
      "retry-policy",
      "query.max-memory",
      "discovery.uri",
      "fault-tolerant-execution-task-memory",
    ])
      expect(coordinator?.[key], key).toBe(worker?.[key]);
    expect(coordinator?.["retry-policy"]).toBe("TASK");
    for (const config of [coordinator, worker])
      expect(config?.["internal-communication.shared-secret"]).toMatch(/^\$\{ENV:TRINO_SHARED_SECRET\}$/);
  });

  it("leaves each node memory beside its heap, and publishes one port, to this machine only", () => {
    for (const role of ["coordinator", "worker"] as const) {
      const heap = /^-Xmx(\S+)$/m.exec(read(`trino/${role}/jvm.config`))?.[1] ?? "";
      const limit = compose.services[role].deploy?.resources.limits.memory ?? "";
      expect(megabytes(heap)).toBeGreaterThan(0);
      expect(megabytes(heap)).toBeLessThan(0.85 * megabytes(limit));
    }
    const ports = Object.values(compose.services).flatMap((service) => service.ports);
    expect(ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:/)]);
  });
});

describe("the Helm values", () => {
  it("name the version that is tested and give the catalog what a lake needs", () => {
    expect(helm.image.tag).toBe(TRINO_VERSION);
    expect(parseProperties(helm.catalogs.trimtab)).toMatchObject(required);
    expect(helm.additionalConfigProperties).toContain("retry-policy=TASK");
  });
});

import { instant, type ResourceKind } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { type Answer, type SeenRequest, startGoogle } from "../../../testing/google-server.ts";
import { runCli } from "../../../testing/run-cli.ts";
import { tempFolder } from "../../../testing/temp-folder.ts";

const SERVICES = ["RUN", "SQL", "COMPUTE", "CLOUDTASKS", "FIRESTORE", "MONITORING", "CLOUDRESOURCEMANAGER"];

const disk = (name: string) => ({
  kind: "compute#disk",
  id: "77",
  name,
  sizeGb: "10",
  type: "https://www.googleapis.com/compute/v1/projects/acme/zones/us-east1-b/diskTypes/pd-ssd",
  selfLink: `https://www.googleapis.com/compute/v1/projects/acme/zones/us-east1-b/disks/${name}`,
});

/** Answers what every list without resources says, and what is given for some. */
const start = async (own: (request: SeenRequest) => Answer | undefined) => {
  const google = await startGoogle((request) => {
    const answer = own(request);
    if (answer !== undefined) return answer;
    return /\/v1\/projects\/acme$/.test(request.path) ? { json: { projectNumber: "4242" } } : { json: {} };
  });
  const overrides = SERVICES.map((name) => [
    `CLOUDSDK_API_ENDPOINT_OVERRIDES_${name}`,
    `${google.endpoint}/`,
  ]);
  const env = {
    ...Object.fromEntries(overrides),
    CLOUDSDK_AUTH_ACCESS_TOKEN: "token-of-test",
    TRIMTAB_LAKE: "lake",
  };
  const cwd = tempFolder();
  const collect = (...kinds: readonly ResourceKind[]) =>
    runCli(
      [
        "inventory",
        "collect",
        "--from",
        "gcp",
        "--project",
        "acme",
        "--json",
        ...kinds.flatMap((kind) => ["--kind", kind]),
      ],
      { cwd, env },
    );
  return { ...google, collect, list: () => runCli(["inventory", "--json"], { cwd, env }) };
};

const isDisks = ({ path }: SeenRequest) => path.includes("/aggregated/disks");

describe("a project's inventory", () => {
  it("is read page by page, with the project's number as another name", async () => {
    const google = await start((request) => {
      if (!isDisks(request)) return undefined;
      const isSecond = request.path.includes("pageToken=next");
      const items = {
        "zones/us-east1-b": { disks: [disk(isSecond ? "b" : "a")] },
        "zones/x": { warning: {} },
      };
      return { json: isSecond ? { items } : { items, nextPageToken: "next" } };
    });
    const { code, out } = await google.collect("compute.googleapis.com/Disk");
    expect([code, JSON.parse(out).failures]).toEqual([0, []]);
    const items = JSON.parse((await google.list()).out);
    expect(items.map(({ name }: { name: string }) => name)).toEqual(["a", "b"]);
    expect(items[0].aliases).toContain("//compute.googleapis.com/projects/4242/zones/us-east1-b/disks/77");
    expect(google.seen.every(({ authorization }) => authorization === "Bearer token-of-test")).toBe(true);
    expect(google.seen.every(({ method }) => method === "GET")).toBe(true);
  });

  it("sizes of machines are asked for once a type", async () => {
    const machine = (name: string) => ({
      name,
      status: "RUNNING",
      zone: "https://c/compute/v1/projects/acme/zones/us-east1-b",
      machineType: "https://c/compute/v1/projects/acme/zones/us-east1-b/machineTypes/e2-standard-4",
      selfLink: `https://c/compute/v1/projects/acme/zones/us-east1-b/instances/${name}`,
    });
    const google = await start(({ path }) => {
      if (path.includes("/machineTypes/")) return { json: { guestCpus: 4, memoryMb: 16_384 } };
      if (!path.includes("/aggregated/instances")) return undefined;
      return { json: { items: { "zones/us-east1-b": { instances: [machine("a"), machine("b")] } } } };
    });
    await google.collect("compute.googleapis.com/Instance");
    const [first] = JSON.parse((await google.list()).out);
    expect(first.settings).toMatchObject({ vCpus: "4", memoryMiB: 16_384, status: "running" });
    expect(google.seen.filter(({ path }) => path.includes("/machineTypes/"))).toHaveLength(1);
  });

  it("a kind that is denied keeps what was known, and is said", async () => {
    let isDenied = false;
    const google = await start((request) => {
      if (!isDisks(request)) return undefined;
      const message = "Compute Engine API has not been used in project acme before or it is disabled.";
      if (isDenied) return { status: 403, json: { error: { message, status: "PERMISSION_DENIED" } } };
      return { json: { items: { "zones/us-east1-b": { disks: [disk("a")] } } } };
    });
    const kinds = ["compute.googleapis.com/Disk", "compute.googleapis.com/Address"] as const;
    expect((await google.collect(...kinds)).code).toBe(0);
    isDenied = true;
    const second = await google.collect(...kinds);
    expect(second.code).toBe(1);
    expect(JSON.parse(second.out).failures).toMatchObject([
      { kind: "compute.googleapis.com/Disk", code: "EVIDENCE_ACCESS_DENIED" },
    ]);
    expect(JSON.parse((await google.list()).out)).toMatchObject([{ name: "a" }]);
  });

  it("regions that did not answer make a list incomplete, not shorter", async () => {
    const google = await start(({ path }) =>
      path.includes("/services") ? { json: { items: [], unreachable: ["us-west1"] } } : undefined,
    );
    const { code, out } = await google.collect("run.googleapis.com/Service");
    expect([code, JSON.parse(out).failures[0].reason]).toEqual([1, expect.stringContaining("us-west1")]);
  });

  it("without valid credentials nothing is taken in", async () => {
    const google = await start(() => ({
      status: 401,
      json: { error: { message: "Request had invalid credentials" } },
    }));
    const { code, err } = await google.collect("compute.googleapis.com/Disk");
    expect(code).toBe(3);
    expect(err).toContain("EVIDENCE_CREDENTIALS");
    expect(err).not.toContain("token-of-test");
  });

  it("queues are asked for in every location that has them", async () => {
    const google = await start(({ path }) => {
      if (path.endsWith("/locations")) return { json: { locations: [{ locationId: "us-central1" }] } };
      if (!path.includes("/queues")) return undefined;
      return {
        json: { queues: [{ name: "projects/acme/locations/us-central1/queues/mail", state: "RUNNING" }] },
      };
    });
    await google.collect("cloudtasks.googleapis.com/Queue");
    expect(JSON.parse((await google.list()).out)).toMatchObject([
      { name: "mail", readAt: instant("2026-07-01T00:00:00.000Z"), settings: { state: "RUNNING" } },
    ]);
  });
});

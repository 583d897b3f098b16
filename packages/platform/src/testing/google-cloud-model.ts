type Resource = Record<string, unknown>;
/** By path from the version on, e.g. `projects/p/zones/z/disks/d`. */
export type GoogleResources = Map<string, Resource>;

export interface GoogleAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A request of one of the APIs. */
export interface GoogleCall {
  readonly method: string;
  readonly url: URL;
  readonly text: string;
  readonly base: string;
}

/**
 * Answers as the documented APIs of Compute Engine, Cloud SQL, Cloud Tasks and Cloud Scheduler do, with what they refuse: a
 * type changed while a machine runs, a disk deleted while it is attached, storage made smaller.
 * @see https://cloud.google.com/compute/docs/reference/rest/v1, https://cloud.google.com/sql/docs/mysql/admin-api/rest/v1beta4,
 * https://cloud.google.com/tasks/docs/reference/rest/v2, https://cloud.google.com/scheduler/docs/reference/rest/v1, 2026-11-22
 */
export function answerGoogle(resources: GoogleResources, call: GoogleCall): GoogleAnswer {
  const path = call.url.pathname;
  if (path.startsWith("/compute/v1/")) return compute(resources, path.slice(12), call);
  if (path.startsWith("/sql/v1beta4/")) return sql(resources, path.slice(13), call);
  return rest(resources, path.replace(/^\/v\d\//, ""), call);
}

/** A resource at `key`, changed as the method says; undefined: something that only its service does. */
function compute(resources: GoogleResources, key: string, call: GoogleCall): GoogleAnswer {
  const { method, base, text } = call;
  if (/\/operations\/[^/]+(\/wait)?$/.test(key)) return ok(operation(base, key.replace(/\/wait$/, "")));
  const place = key.replace(/\/(instances|disks|addresses|forwardingRules|snapshots)(\/.*)?$/, "");
  const target = key.replace(/\/(stop|start|setMachineType)$/, "");
  const name = method === "POST" && target === key ? `/${String(JSON.parse(text || "{}").name)}` : "";
  const type = { DELETE: "delete", POST: name === "" ? "update" : "insert" }[method] ?? "get";
  const done = ok(operation(base, `${place}/operations/op-${type}`, target + name));
  const [, of, verb] = /^(.*\/instances\/[^/]+)\/(stop|start|setMachineType)$/.exec(key) ?? [];
  if (of !== undefined && verb !== undefined) return machine(resources, of, verb, call, done);
  const found = resources.get(key);
  if (method === "POST") return create(resources, key, call, done);
  if (found === undefined) return notFound(key);
  if (method === "GET")
    return ok({ ...found, name: key.split("/").at(-1), selfLink: `${base}/compute/v1/${key}` });
  if (Array.isArray(found.users) && found.users.length > 0)
    return googleFailure(
      400,
      `The resource '${key}' is already being used by '${found.users[0]}'`,
      "resourceInUseByAnotherResource",
    );
  resources.delete(key);
  return done;
}

function machine(
  resources: GoogleResources,
  key: string,
  verb: string,
  { text }: GoogleCall,
  done: GoogleAnswer,
): GoogleAnswer {
  const found = resources.get(key);
  if (found === undefined) return notFound(key);
  if (verb !== "setMachineType") {
    resources.set(key, { ...found, status: verb === "stop" ? "TERMINATED" : "RUNNING" });
    return done;
  }
  if (found.status !== "TERMINATED")
    return googleFailure(400, "Machine type can only be changed on a stopped instance", "badRequest");
  resources.set(key, { ...found, ...JSON.parse(text) });
  return done;
}

/** Disks come from snapshots and snapshots from disks: both must be there. */
function create(
  resources: GoogleResources,
  collection: string,
  { text }: GoogleCall,
  done: GoogleAnswer,
): GoogleAnswer {
  const body = JSON.parse(text) as Resource;
  const source = String(body.sourceDisk ?? body.sourceSnapshot ?? "").replace(/^.*\/compute\/v1\//, "");
  if (source !== "" && !resources.has(source)) return notFound(source);
  const [project, zone] = [
    collection.split("/").slice(0, 2).join("/"),
    collection.split("/").slice(0, 4).join("/"),
  ];
  const made = collection.endsWith("/disks")
    ? { zone: `${zone}`, users: [] }
    : { creationTimestamp: "2026-11-22T00:00:00Z" };
  const key = `${collection.startsWith(project) ? collection : project}/${String(body.name)}`;
  resources.set(key, { ...body, ...made, status: "READY" });
  return done;
}

function sql(resources: GoogleResources, key: string, { method, text }: GoogleCall): GoogleAnswer {
  const done = ok({
    kind: "sql#operation",
    name: "op-1",
    status: "DONE",
    operationType: "UPDATE",
    targetProject: "p",
  });
  if (key.includes("/operations/")) return done;
  if (method === "POST") {
    const body = JSON.parse(text) as Resource;
    const primary = `${key}/${String(body.masterInstanceName).split(":").at(-1)}`;
    const master = resources.get(primary);
    if (master === undefined)
      return googleFailure(404, "The Cloud SQL instance does not exist.", "instanceDoesNotExist");
    resources.set(primary, { ...master, replicaNames: [...(master.replicaNames as string[]), body.name] });
    const settings = {
      ...(master.settings as Resource),
      ...(body.settings as Resource),
      dataDiskSizeGb: "100",
    };
    resources.set(`${key}/${String(body.name)}`, {
      ...master,
      ...body,
      replicaNames: [],
      settings,
      state: "RUNNABLE",
    });
    return done;
  }
  const found = resources.get(key);
  if (found === undefined)
    return googleFailure(404, "The Cloud SQL instance does not exist.", "instanceDoesNotExist");
  if (method === "GET") return ok(found);
  const old = found.settings as Resource;
  if (method === "DELETE") {
    resources.delete(key);
    const name = key.split("/").at(-1);
    for (const [other, resource] of resources)
      if (Array.isArray(resource.replicaNames))
        resources.set(other, {
          ...resource,
          replicaNames: resource.replicaNames.filter((one) => one !== name),
        });
    return done;
  }
  const { settings } = JSON.parse(text) as { settings: Resource };
  if (Number(settings.dataDiskSizeGb ?? old.dataDiskSizeGb) < Number(old.dataDiskSizeGb))
    return googleFailure(400, "Disk size can't be decreased.", "invalidRequest");
  resources.set(key, { ...found, settings: { ...old, ...settings } });
  return done;
}

/** Cloud Tasks and Cloud Scheduler: resources by name, changed where the mask says. */
function rest(resources: GoogleResources, key: string, { method, url, text }: GoogleCall): GoogleAnswer {
  if (method === "GET" && key.endsWith("/jobs"))
    return ok({ jobs: [...resources.values()].filter(({ name }) => String(name).startsWith(`${key}/`)) });
  if (method === "POST") {
    const body: Resource = { state: "ENABLED", ...(JSON.parse(text) as Resource) };
    const name = String(body.name);
    if (resources.has(name))
      return googleFailure(409, `Resource '${name}' already exists`, "alreadyExists", "ALREADY_EXISTS");
    resources.set(name, body);
    return ok(body);
  }
  const found = resources.get(key);
  if (found === undefined)
    return googleFailure(404, "Requested entity was not found.", "notFound", "NOT_FOUND");
  if (method === "DELETE") resources.delete(key);
  if (method !== "PATCH") return ok(method === "GET" ? found : {});
  const body = JSON.parse(text) as Resource;
  for (const mask of (url.searchParams.get("updateMask") ?? "").split(",")) {
    const [group = "", field = ""] = mask.split(".");
    const given = (body[group] as Resource | undefined)?.[field];
    const { [field]: _, ...others } = (found[group] ?? {}) as Resource;
    found[group] = given === undefined ? others : { ...others, [field]: given };
  }
  return ok(found);
}

const operation = (base: string, key: string, target?: string) => ({
  kind: "compute#operation",
  name: key.split("/").at(-1),
  // As asked for later, it is told by its name alone.
  operationType: key.split("-").at(-1),
  status: "DONE",
  progress: 100,
  selfLink: `${base}/compute/v1/${key}`,
  ...(target === undefined ? {} : { targetLink: `${base}/compute/v1/${target}` }),
  ...placeOf(base, key),
});

const placeOf = (base: string, key: string) => {
  const place = `${base}/compute/v1/${key.split("/operations/")[0]}`;
  if (key.includes("/zones/")) return { zone: place };
  return key.includes("/regions/") ? { region: place } : {};
};

const ok = (body: unknown): GoogleAnswer => ({ status: 200, body });

const notFound = (key: string): GoogleAnswer =>
  googleFailure(404, `The resource '${key}' was not found`, "notFound", "NOT_FOUND");

/** As Google words a failure. */
export const googleFailure = (
  code: number,
  message: string,
  reason: string,
  status = "INVALID_ARGUMENT",
): GoogleAnswer => ({
  status: code,
  body: { error: { code, message, status, errors: [{ message, domain: "global", reason }] } },
});

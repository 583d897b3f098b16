import type { CommandOutcome } from "../apply/commands/command-runner.ts";
import { answerGoogle, type GoogleAnswer, type GoogleResources } from "./google-cloud-model.ts";
import { GOOGLE_VERBS, type GoogleRequest } from "./google-verbs.ts";

const COMMON: readonly string[] = ["project", "format", "quiet"];

const ended = (exitCode: number, stdout: string, stderr: string): CommandOutcome => ({
  status: "ended",
  exitCode,
  stdout,
  stderr,
});

/**
 * A stand-in for gcloud at the level of its arguments: the documented commands and flags that actions use, each as the call
 * of the documented API that gcloud makes of it, over the same model that answers the real one on loopback.
 */
export const simulateGoogle = (
  resources: GoogleResources,
  effects: string[],
  args: readonly string[],
): CommandOutcome => {
  const words = args.filter((arg) => !arg.startsWith("--"));
  const flags = new Map(args.filter((arg) => arg.startsWith("--")).map((arg) => splitFlag(arg)));
  const found = Object.entries(GOOGLE_VERBS).find(([name]) => `${words.join(" ")} `.startsWith(`${name} `));
  if (found === undefined) return ended(2, "", `ERROR: Invalid choice: '${words.join(" ")}'`);
  const [command, verb] = found;
  const foreign = [...flags.keys()].find((flag) => !COMMON.includes(flag) && !verb.flags.includes(flag));
  if (foreign !== undefined) return ended(2, "", `ERROR: unrecognized arguments: --${foreign}`);
  const request = verb.request({
    project: flags.get("project") ?? "",
    name: words.slice(command.split(" ").length).join(" "),
    flag: (name) => flags.get(name),
  });
  const answer = send(resources, request);
  if (answer.status !== 200) return ended(1, "", failureText(command, answer));
  if (request.method !== "GET") effects.push(args.join(" "));
  return ended(0, JSON.stringify(verb.print?.(answer.body) ?? answer.body), "Done.");
};

const splitFlag = (arg: string): readonly [string, string] => {
  const [name = "", value = ""] = arg.slice(2).split(/=(.*)/s);
  return [name, value];
};

const send = (resources: GoogleResources, { method, path, body }: GoogleRequest): GoogleAnswer =>
  answerGoogle(resources, {
    method,
    url: new URL(path, "http://127.0.0.1"),
    text: body === undefined ? "" : JSON.stringify(body),
    base: "http://127.0.0.1",
  });

/** Each group of gcloud words a failure of its API its own way. */
const failureText = (command: string, { status, body }: GoogleAnswer): string => {
  const { error } = body as { readonly error: { readonly message: string; readonly status: string } };
  const who = `ERROR: (gcloud.${command.replaceAll(" ", ".")})`;
  if (command.startsWith("compute")) return `${who} Could not fetch resource:\n - ${error.message}`;
  if (command.startsWith("sql")) return `${who} HTTPError ${status}: ${error.message}`;
  return `${who} ${error.status}: ${error.message}`;
};

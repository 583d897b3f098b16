import { execFile } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { DoctorSurroundings, Finding } from "./finding.ts";

const PATIENCE_MS = 10_000;

type Environment = DoctorSurroundings["env"];

interface Cloud {
  readonly name: string;
  readonly tool: string;
  readonly versionArgs: readonly string[];
  readonly installation: string;
  readonly signIn: string;
  /** Where credentials were found, in words; never what they are. */
  credentials(env: Environment, home: string): Promise<readonly string[]>;
}

const CLOUDS: readonly Cloud[] = [
  {
    name: "Google Cloud",
    tool: "gcloud",
    versionArgs: ["--version"],
    installation: "https://cloud.google.com/sdk/docs/install",
    signIn: "gcloud auth application-default login",
    credentials: googleCredentials,
  },
  {
    name: "AWS",
    tool: "aws",
    versionArgs: ["--version"],
    installation: "https://docs.aws.amazon.com/cli/",
    signIn: "aws configure sso",
    credentials: awsCredentials,
  },
  {
    name: "Azure",
    tool: "az",
    versionArgs: ["version", "--output", "tsv"],
    installation: "https://learn.microsoft.com/cli/azure/install-azure-cli",
    signIn: "az login",
    credentials: azureCredentials,
  },
];

type Tool = Pick<Cloud, "name" | "tool" | "versionArgs" | "installation">;

/** What plans may run besides the clouds' own command lines. */
const TOOLS: readonly Tool[] = [
  {
    name: "Google Cloud",
    tool: "gsutil",
    versionArgs: ["version"],
    installation: "https://cloud.google.com/storage/docs/gsutil_install",
  },
  {
    name: "Kubernetes",
    tool: "kubectl",
    versionArgs: ["version", "--client"],
    installation: "https://kubernetes.io/docs/tasks/tools/",
  },
  {
    name: "Terraform",
    tool: "terraform",
    versionArgs: ["version"],
    installation: "https://developer.hashicorp.com/terraform/install",
  },
];

/** Each cloud's command line and credentials, and the tools of plans. Trimtab reads files without any of them. */
export async function checkClouds(surroundings: DoctorSurroundings): Promise<readonly Finding[]> {
  const findings = await Promise.all(
    CLOUDS.map(async (cloud) => [
      await toolFinding(cloud, surroundings),
      await credentialFinding(cloud, surroundings.env),
    ]),
  );
  const tools = await Promise.all(TOOLS.map((tool) => toolFinding(tool, surroundings)));
  return [...findings.flat(), ...tools];
}

async function toolFinding(cloud: Tool, { env, signal }: DoctorSurroundings): Promise<Finding> {
  const { tool, installation } = cloud;
  const finding = { area: "clouds", name: `${cloud.name}: ${tool}` } as const;
  try {
    const options = { env: { ...env }, signal, timeout: PATIENCE_MS };
    const { stdout, stderr } = await promisify(execFile)(tool, [...cloud.versionArgs], options);
    const version = /\d+(\.\d+)+/.exec(stdout || stderr)?.[0] ?? "version unknown";
    return { ...finding, status: "ok", detail: version };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return {
        ...finding,
        status: "absent",
        detail: `not installed; needed only for live access and for plans that use it (${installation})`,
      };
    }
    const isSlow = error instanceof Error && "killed" in error && error.killed === true;
    return {
      ...finding,
      status: "warn",
      detail: isSlow ? `gave no answer in ${PATIENCE_MS / 1000} s` : "is there but does not run",
      mend: `Run \`${tool} ${cloud.versionArgs.join(" ")}\` to see what it says; install it anew from ${installation}.`,
    };
  }
}

async function credentialFinding(cloud: Cloud, env: Environment): Promise<Finding> {
  const finding = { area: "clouds", name: `${cloud.name}: credentials` } as const;
  try {
    const found = await cloud.credentials(env, env.HOME || env.USERPROFILE || homedir());
    if (found.length > 0)
      return { ...finding, status: "ok", detail: `found (not shown): ${found.join("; ")}` };
    return { ...finding, status: "absent", detail: `none; \`${cloud.signIn}\` makes them` };
  } catch (error) {
    return {
      ...finding,
      status: "warn",
      detail: error instanceof Error ? error.message : String(error),
      mend: `Sign in again: \`${cloud.signIn}\`.`,
    };
  }
}

/** @see https://cloud.google.com/docs/authentication/application-default-credentials, 2026-06 */
export async function googleCredentials(env: Environment, home: string): Promise<readonly string[]> {
  const named = env.GOOGLE_APPLICATION_CREDENTIALS;
  const folder =
    env.CLOUDSDK_CONFIG || (env.APPDATA ? join(env.APPDATA, "gcloud") : join(home, ".config", "gcloud"));
  const wellKnown = join(folder, "application_default_credentials.json");
  if (named) return [`${await credentialKind(named)} named by GOOGLE_APPLICATION_CREDENTIALS`];
  return (await exists(wellKnown))
    ? [`${await credentialKind(wellKnown)} of gcloud's application default login`]
    : [];
}

/** The file's own word for what it is, which is no secret. */
async function credentialKind(file: string): Promise<string> {
  const kinds = ["service_account", "authorized_user", "external_account", "impersonated_service_account"];
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, "utf8"));
  } catch {
    // The parser's message would quote the file
    throw new Error(`${file} can't be read as JSON`);
  }
  const type =
    typeof content === "object" && content !== null && "type" in content ? content.type : undefined;
  return kinds.find((kind) => kind === type)?.replaceAll("_", " ") ?? "a key of unknown type";
}

/** @see https://docs.aws.amazon.com/cli/v1/userguide/cli-chap-authentication.html, 2026-06 */
async function awsCredentials(env: Environment, home: string): Promise<readonly string[]> {
  const found: string[] = [];
  if (env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY) found.push("access key in the environment");
  if (env.AWS_WEB_IDENTITY_TOKEN_FILE) found.push("web identity token file");
  const files = {
    credentials: env.AWS_SHARED_CREDENTIALS_FILE || join(home, ".aws", "credentials"),
    config: env.AWS_CONFIG_FILE || join(home, ".aws", "config"),
  };
  for (const [kind, file] of Object.entries(files)) {
    const text = await readFile(file, "utf8").catch(() => "");
    const profiles = text.match(/^\s*\[[^\]]+\]/gm)?.length ?? 0;
    if (profiles > 0)
      found.push(`${profiles} ${profiles === 1 ? "profile" : "profiles"} in the ${kind} file`);
  }
  return found;
}

/** @see https://learn.microsoft.com/azure/developer/javascript/sdk/authentication/credential-chains, 2026-06 */
async function azureCredentials(env: Environment, home: string): Promise<readonly string[]> {
  const found: string[] = [];
  if (
    env.AZURE_CLIENT_ID &&
    env.AZURE_TENANT_ID &&
    (env.AZURE_CLIENT_SECRET || env.AZURE_CLIENT_CERTIFICATE_PATH)
  ) {
    found.push("service principal in the environment");
  }
  if (env.AZURE_FEDERATED_TOKEN_FILE) found.push("workload identity token file");
  const folder = env.AZURE_CONFIG_DIR || join(home, ".azure");
  const caches = ["msal_token_cache.json", "msal_token_cache.bin"].map((name) => join(folder, name));
  if ((await Promise.all(caches.map(exists))).includes(true)) found.push("sign-in of the Azure command line");
  return found;
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

import { homedir } from "node:os";
import { googleCredentials } from "./clouds.ts";
import type { DoctorSurroundings, Finding } from "./finding.ts";

const PATIENCE_MS = 8000;

/** Whether BigQuery answers with the credentials there are: lists one data set, which costs nothing. */
export async function checkBigQuery({ env, signal }: DoctorSurroundings): Promise<readonly Finding[]> {
  const finding = { area: "clouds", name: "Google Cloud: BigQuery" } as const;
  const credentials = await googleCredentials(env, env.HOME || homedir()).catch(() => []);
  if (credentials.length === 0) {
    return [{ ...finding, status: "skipped", detail: "not tried: there are no Google credentials" }];
  }
  const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  try {
    const { BigQuery } = await import("@google-cloud/bigquery");
    const client = new BigQuery({ autoRetry: false, maxRetries: 0 });
    const listing = client.getDatasets({ maxResults: 1, autoPaginate: false });
    const [datasets] = await Promise.race([listing, rejectOnAbort(patience)]);
    const detail =
      datasets.length > 0 ? "answers, and shows data sets" : "answers; the project has no data set to see";
    return [{ ...finding, status: "ok", detail }];
  } catch (error) {
    signal.throwIfAborted();
    const slow = `gave no answer in ${PATIENCE_MS / 1000} s`;
    const detail = patience.aborted ? slow : firstLine(error);
    return [{ ...finding, status: "warn", detail, mend: mendFor(detail) }];
  }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n", 1)[0]?.slice(0, 200) ?? "";

function mendFor(detail: string): string {
  if (/permission|forbidden|denied|403/i.test(detail)) {
    return "Ask for the roles BigQuery Data Viewer and BigQuery Job User on the billing export's project.";
  }
  if (/project/i.test(detail))
    return "Name a project: `gcloud config set project PROJECT` or GOOGLE_CLOUD_PROJECT.";
  if (/invalid_grant|unauthenticated|401|reauth/i.test(detail)) {
    return "Sign in again: `gcloud auth application-default login`.";
  }
  return "Check the network and its proxy (HTTPS_PROXY); exported files load without BigQuery.";
}

import { TrimtabError } from "@trimtab/domain";
import { lakeErrors } from "../errors.ts";
import type { ObjectLocation } from "./location.ts";
import type { ClientFailure, FailureKind, ObjectClient } from "./object-client.ts";

const CODES = {
  bucket: "LAKE_BUCKET_MISSING",
  denied: "LAKE_ACCESS_DENIED",
  credentials: "LAKE_CREDENTIALS",
  unreachable: "LAKE_STORE_UNREACHABLE",
  unsupported: "LAKE_STORE_FAILED",
  failed: "LAKE_STORE_FAILED",
} as const satisfies Record<FailureKind, string>;

const SIGN_IN = {
  s3: "sign in again (aws sso login), or set AWS_PROFILE, AWS_ACCESS_KEY_ID or the role of this machine, and AWS_REGION",
  gs: "sign in again (gcloud auth application-default login), or set GOOGLE_APPLICATION_CREDENTIALS",
  az: "sign in again (az login), or set AZURE_CLIENT_ID and its kin, or AZURE_STORAGE_CONNECTION_STRING",
} as const;

/** An SDK's error as one that says what to do. `action` is what was tried, as in "reading manifests". */
export const toStoreFailure = (
  location: ObjectLocation,
  action: string,
  { kind, reason }: ClientFailure,
  cause: unknown,
): TrimtabError => {
  const { root, bucket } = location;
  const details = { root, bucket, action, reason, signIn: SIGN_IN[location.kind] };
  return lakeErrors.create(CODES[kind], details, { cause });
};

/** Runs what asks the store; its errors become ours. */
export const asking = async <T>(
  client: Pick<ObjectClient, "failureOf">,
  location: ObjectLocation,
  action: string,
  ask: () => Promise<T>,
): Promise<T> => {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof TrimtabError) throw error;
    throw toStoreFailure(location, action, client.failureOf(error), error);
  }
};

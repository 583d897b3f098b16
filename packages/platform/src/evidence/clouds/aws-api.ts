import { TrimtabError } from "@trimtab/domain";
import { evidenceErrors } from "../errors.ts";

const MAX_ATTEMPTS = 6;
const SIGN_IN = "run `aws sso login` or `aws configure`, or set AWS_PROFILE";

const CREDENTIALS =
  /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired|InvalidAccessKeyId|SignatureDoesNotMatch|InvalidSignatureException|InvalidToken|CredentialsProviderError|UnrecognizedClientException|InvalidClientTokenId|AuthFailure|SSOTokenProviderFailure|TokenProviderError)$/;
const DENIED =
  /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|AuthorizationError|OptInRequired)$/;

/** What every client of AWS' SDK is made with: its own default chain of credentials, and patience. */
export const awsClientOptions = (region: string) => ({
  region,
  maxAttempts: MAX_ATTEMPTS,
  retryMode: "adaptive" as const,
});

/** An error of the SDK as one of ours. */
const awsFailure = (error: unknown, action: string): unknown => {
  if (error instanceof TrimtabError || !(error instanceof Error)) return error;
  if (error.name === "AbortError") return error;
  const [line = ""] = error.message.split("\n", 1);
  const reason = /^(Error|UnknownError)?$/.test(error.name) ? line : `${error.name}: ${line}`;
  const cloud = "AWS";
  if (CREDENTIALS.test(error.name) || /Region is missing/.test(line)) {
    // What a provider of credentials says may quote the command that it ran.
    const isPlain = /^(Could not load credentials|The SSO session|Token is expired|Region is missing)/.test(
      line,
    );
    const isProvider = error.name === "CredentialsProviderError";
    return evidenceErrors.create(
      "EVIDENCE_CREDENTIALS",
      {
        cloud,
        reason: isProvider && !isPlain ? "the credentials' provider failed" : reason,
        signIn: SIGN_IN,
      },
      { cause: error },
    );
  }
  const code = DENIED.test(error.name) ? "EVIDENCE_ACCESS_DENIED" : "EVIDENCE_SOURCE_FAILED";
  return evidenceErrors.create(code, { cloud, action, reason }, { cause: error });
};

/** Runs requests and names their failures. @throws EVIDENCE_* */
export const asking = async <T>(action: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw awsFailure(error, action);
  }
};

/** FOCUS Contract Commitments, kept beside the charges: columns of {@link CONTRACT_COMMITMENT_FIELDS}, one row a commitment. */
export const CONTRACT_COMMITMENTS = "contract-commitments";

/** FOCUS columns that are kept, as text, by the names that they have in the lake. */
export const CONTRACT_COMMITMENT_FIELDS = {
  id: "ContractCommitmentId",
  type: "ContractCommitmentType",
  description: "ContractCommitmentDescription",
  starts: "ContractCommitmentPeriodStart",
  ends: "ContractCommitmentPeriodEnd",
  status: "ContractCommitmentLifecycleStatus",
  applicability: "ContractCommitmentApplicability",
} as const;

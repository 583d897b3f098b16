/**
 * Consumption models of spend-based commitments: a usage row with one of them is priced under that commitment.
 * @see https://docs.cloud.google.com/docs/cuds-migration "New offer IDs and consumption model IDs" (read 2026-11-21)
 */
export const COMMITMENT_CONSUMPTION_MODELS: readonly string[] = [
  "73A1-AD60-B867",
  "A4B6-DEDF-1A65",
  "A03A-2A56-8086",
  "4F61-4520-4936",
  "75D9-38E7-870F",
  "9E06-4EF0-37D8",
  "DD5B-8EB3-C48D",
  "8E4B-B283-45D8",
  "558C-892D-2291",
  "38C3-A961-A68B",
  "2F93-FEF4-BD6E",
  "6E88-5C17-F3E1",
  "C100-AA7B-33B1",
  "4920-CA74-2184",
  "61F8-639B-D89C",
  "52FB-D69D-95BE",
  "D97B-0795-975B",
  "70D7-D1AB-12A4",
  "03DE-CED5-0B0E",
  "FBB4-D107-5857",
  "3892-BA17-92A7",
  "2FD9-44B6-D2AC",
  "DD83-D9A3-79AF",
  "4D8D-49A7-C5B1",
  "AEA3-CEC2-9DF3",
  "224F-258C-7F84",
];

/**
 * Fee SKUs, old and new, of the commitments that have one SKU a term. Those of Cloud Run, Kubernetes Engine, Cloud SQL
 * and BigQuery have one a region as well and are recognised by their descriptions and subscriptions instead.
 * @see https://docs.cloud.google.com/docs/cuds-migration "New CUD Fee SKUs" (read 2026-11-21)
 */
export const COMMITMENT_FEE_SKUS: readonly string[] = [
  ...["F61D-4D51-AAFC", "5515-81A8-03A2", "6723-40D7-8BDC", "B22F-51BE-D599"],
  ...["B5A6-424E-9B40", "3A81-0BBB-DB6B", "D0B1-4BBE-B88E", "80F1-1914-BE00"],
  ...["B010-4451-8FE0", "9E04-DE04-2E16", "A151-46E9-B512", "09B2-AF74-BAD1"],
  ...["15A2-40AC-9DCD", "8C3A-9182-D105", "C4C9-475B-BEFF", "EF24-D476-1BAD"],
  ...["131F-4968-89D1", "3238-2675-F039", "75AD-448A-95DE", "80C0-BC99-0991"],
  ...["7734-4CEB-A7D9", "98FC-4179-825D", "9486-406B-8ED7", "1989-EC4C-1D98"],
  ...["8A47-8B1D-C883", "6B52-5BF3-396B", "02BD-82A5-FB44", "0480-9719-DA84"],
  ...["250C-5A4E-27F9", "6849-C9A1-9662", "63F9-F5D7-D6BC", "2CF5-3983-EA95"],
  ...["7938-39D4-78B6", "DA30-A778-1421", "73D2-5A5A-CB09", "0D95-F79A-4CFA"],
];

import { domainErrors, type ErrorCatalogue } from "@trimtab/domain";
import { actionErrors } from "../actions/errors.ts";
import { adviceErrors } from "../advisors/errors.ts";
import { applyErrors } from "../apply/errors.ts";
import { composeErrors } from "../compose-errors.ts";
import { evidenceErrors } from "../evidence/errors.ts";
import { priceErrors } from "../evidence/prices/errors.ts";
import { claimsErrors } from "../insight/claims/claims-errors.ts";
import { loadtestErrors } from "../insight/loadtest/loadtest-errors.ts";
import { reconcileErrors } from "../insight/reconcile/errors.ts";
import { lakeErrors } from "../lake/errors.ts";
import { ledgerErrors } from "../ledger/errors.ts";
import { programmeErrors } from "../ledger/programme/programme-errors.ts";
import { notifyErrors } from "../notify/errors.ts";
import { clusterErrors } from "../query/engines/trino/errors.ts";
import { queryErrors } from "../query/errors.ts";
import { reportErrors } from "../reports/errors.ts";
import { mappingErrors } from "../sources/csv/errors.ts";
import { sourceErrors } from "../sources/errors.ts";
import { bigQueryErrors } from "../sources/gcp-billing/live/errors.ts";
import { stateErrors } from "../state/errors.ts";
import { accessErrors } from "./access/errors.ts";
import { serverScheduleErrors } from "./delivery/schedule-errors.ts";
import { serverErrors } from "./errors.ts";

/** Every error that an answer of the server may name. A test compares it with the rooms' own files. */
export const PROBLEMS: ErrorCatalogue = Object.assign(
  {},
  domainErrors.catalogue,
  actionErrors.catalogue,
  adviceErrors.catalogue,
  applyErrors.catalogue,
  composeErrors.catalogue,
  evidenceErrors.catalogue,
  priceErrors.catalogue,
  claimsErrors.catalogue,
  loadtestErrors.catalogue,
  reconcileErrors.catalogue,
  lakeErrors.catalogue,
  ledgerErrors.catalogue,
  programmeErrors.catalogue,
  notifyErrors.catalogue,
  clusterErrors.catalogue,
  queryErrors.catalogue,
  reportErrors.catalogue,
  mappingErrors.catalogue,
  sourceErrors.catalogue,
  bigQueryErrors.catalogue,
  stateErrors.catalogue,
  accessErrors.catalogue,
  serverScheduleErrors.catalogue,
  serverErrors.catalogue,
);

/**
 * The datasets beside Cost and Usage. They describe contracts, invoices and periods; their amounts are never costs.
 * @see https://github.com/FinOps-Open-Cost-and-Usage-Spec/FOCUS_Spec specification/datasets/contract_commitment,
 *   invoice_detail and billing_period, tag v1.4 of 2026-06-04 (read 2026-11-21)
 */
import type { FocusColumn } from "../focus-column.ts";

/** One row a commitment of a contract; since 1.3. */
// biome-ignore format: a table reads best with one column a line
export const CONTRACT_COMMITMENT_COLUMNS = [
  { name: 'BillingCurrency', type: 'string', kind: 'dimension', introduced: '1.3', nullable: true, feature: 'mandatory' },
  { name: 'ContractCommitmentApplicability', type: 'json', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory' },
  { name: 'ContractCommitmentBenefitCategory', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory', allowed: ['Discount', 'Entitlement', 'Availability', 'Other'] },
  { name: 'ContractCommitmentCategory', type: 'string', kind: 'dimension', introduced: '1.3', nullable: false, feature: 'mandatory', allowed: ['Spend', 'Usage'] },
  { name: 'ContractCommitmentCost', type: 'decimal', kind: 'metric', introduced: '1.3', nullable: true, feature: 'mandatory' },
  { name: 'ContractCommitmentCreated', type: 'datetime', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory' },
  { name: 'ContractCommitmentDescription', type: 'string', kind: 'dimension', introduced: '1.3', nullable: true, feature: 'mandatory' },
  { name: 'ContractCommitmentDiscountPercentage', type: 'decimal', kind: 'metric', introduced: '1.4', nullable: true, feature: 'mandatory' },
  { name: 'ContractCommitmentDurationType', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory' },
  { name: 'ContractCommitmentFulfillmentInterval', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory', allowed: ['Hourly', 'Daily', 'Weekly', 'Monthly', 'Quarterly', 'Semi-Annual', 'Annual', 'Full Period', 'Transactional', 'Custom'] },
  { name: 'ContractCommitmentId', type: 'string', kind: 'dimension', introduced: '1.3', nullable: false, feature: 'mandatory' },
  { name: 'ContractCommitmentLastUpdated', type: 'datetime', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory' },
  { name: 'ContractCommitmentLifecycleStatus', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory', allowed: ['Proposed', 'Pending', 'Active', 'Exhausted', 'Expired', 'Canceled', 'Superseded'] },
  { name: 'ContractCommitmentModel', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory', allowed: ['Continuous', 'Discontinuous'] },
  { name: 'ContractCommitmentOfferCategory', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory', allowed: ['Public', 'Negotiated'] },
  { name: 'ContractCommitmentPaymentInterval', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory', allowed: ['One-Time', 'Monthly', 'Quarterly', 'Semi-Annual', 'Annual', 'Custom'] },
  { name: 'ContractCommitmentPaymentModel', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory', allowed: ['No Upfront', 'Partial Upfront', 'All Upfront'] },
  { name: 'ContractCommitmentPaymentUpfrontPercentage', type: 'decimal', kind: 'metric', introduced: '1.4', nullable: false, feature: 'conditional' },
  { name: 'ContractCommitmentPeriodEnd', type: 'datetime', kind: 'dimension', introduced: '1.3', nullable: false, feature: 'mandatory' },
  { name: 'ContractCommitmentPeriodStart', type: 'datetime', kind: 'dimension', introduced: '1.3', nullable: false, feature: 'mandatory' },
  { name: 'ContractCommitmentQuantity', type: 'decimal', kind: 'metric', introduced: '1.3', nullable: true, feature: 'mandatory' },
  { name: 'ContractCommitmentType', type: 'string', kind: 'dimension', introduced: '1.3', nullable: false, feature: 'mandatory' },
  { name: 'ContractCommitmentUnit', type: 'string', kind: 'dimension', introduced: '1.3', nullable: true, feature: 'mandatory' },
  { name: 'ContractId', type: 'string', kind: 'dimension', introduced: '1.3', nullable: false, feature: 'mandatory' },
  { name: 'ContractPeriodEnd', type: 'datetime', kind: 'dimension', introduced: '1.3', nullable: false, feature: 'mandatory' },
  { name: 'ContractPeriodStart', type: 'datetime', kind: 'dimension', introduced: '1.3', nullable: false, feature: 'mandatory' },
  { name: 'InvoiceIssuerName', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory' },
  { name: 'PricingCurrency', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'conditional' },
  { name: 'PricingCurrencyContractCommitmentCost', type: 'decimal', kind: 'metric', introduced: '1.4', nullable: true, feature: 'conditional' },
  { name: 'ServiceProviderName', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory' },
] as const satisfies readonly FocusColumn[];

/** One row a line of an invoice; since 1.4. */
// biome-ignore format: a table reads best with one column a line
export const INVOICE_DETAIL_COLUMNS = [
  { name: 'BilledCost', type: 'decimal', kind: 'metric', introduced: '1.4', nullable: false, feature: 'mandatory' },
  { name: 'BillingAccountId', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory' },
  { name: 'BillingCurrency', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory' },
  { name: 'BillingPeriodEnd', type: 'datetime', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory' },
  { name: 'BillingPeriodStart', type: 'datetime', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory' },
  { name: 'ChargeCategory', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory', allowed: ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'] },
  { name: 'InvoiceDetailCreated', type: 'datetime', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory' },
  { name: 'InvoiceDetailDescription', type: 'string', kind: 'dimension', introduced: '1.4', nullable: true, feature: 'mandatory' },
  { name: 'InvoiceDetailGrain', type: 'json', kind: 'dimension', introduced: '1.4', nullable: true, feature: 'mandatory' },
  { name: 'InvoiceDetailId', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory' },
  { name: 'InvoiceDetailLastUpdated', type: 'datetime', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory' },
  { name: 'InvoiceId', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory' },
  { name: 'InvoiceIssueDate', type: 'datetime', kind: 'dimension', introduced: '1.4', nullable: true, feature: 'mandatory' },
  { name: 'InvoiceIssueStatus', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory', allowed: ['Open', 'Issued', 'Voided'] },
  { name: 'InvoiceIssuerName', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory' },
  { name: 'PaymentCurrency', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'conditional' },
  { name: 'PaymentCurrencyBilledCost', type: 'decimal', kind: 'metric', introduced: '1.4', nullable: false, feature: 'conditional' },
  { name: 'PaymentCurrencyInvoiceDetailId', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'conditional' },
  { name: 'PaymentDueDate', type: 'datetime', kind: 'dimension', introduced: '1.4', nullable: true, feature: 'mandatory' },
  { name: 'PaymentTerms', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory' },
  { name: 'PurchaseOrderNumber', type: 'string', kind: 'dimension', introduced: '1.4', nullable: true, feature: 'conditional' },
  { name: 'ReferenceInvoiceId', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory' },
] as const satisfies readonly FocusColumn[];

/** One row a billing period of an invoice issuer; since 1.4. */
// biome-ignore format: a table reads best with one column a line
export const BILLING_PERIOD_COLUMNS = [
  { name: 'BillingPeriodCreated', type: 'datetime', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory' },
  { name: 'BillingPeriodEnd', type: 'datetime', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory' },
  { name: 'BillingPeriodLastUpdated', type: 'datetime', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory' },
  { name: 'BillingPeriodStart', type: 'datetime', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory' },
  { name: 'BillingPeriodStatus', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory', allowed: ['Open', 'Closed'] },
  { name: 'InvoiceIssuerName', type: 'string', kind: 'dimension', introduced: '1.4', nullable: false, feature: 'mandatory' },
] as const satisfies readonly FocusColumn[];

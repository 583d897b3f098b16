/** Pricing units of the export, with the unit of `usage.amount` and how many of it make one. */
export const SECOND = { pricingUnit: "second", unit: "seconds", unitsPerPricingUnit: "1" } as const;
export const HOUR = { pricingUnit: "hour", unit: "seconds", unitsPerPricingUnit: "3600" } as const;
export const COUNT = { pricingUnit: "count", unit: "requests", unitsPerPricingUnit: "1" } as const;
export const GIB = { pricingUnit: "gibibyte", unit: "bytes", unitsPerPricingUnit: "1073741824" } as const;
export const TIB = { pricingUnit: "tebibyte", unit: "bytes", unitsPerPricingUnit: "1099511627776" } as const;
export const GIB_SECOND = {
  pricingUnit: "gibibyte second",
  unit: "byte-seconds",
  unitsPerPricingUnit: "1073741824",
} as const;
export const GIB_HOUR = {
  pricingUnit: "gibibyte hour",
  unit: "byte-seconds",
  unitsPerPricingUnit: "3865470566400",
} as const;
/** A month of 730 hours. */
export const GIB_MONTH = {
  pricingUnit: "gibibyte month",
  unit: "byte-seconds",
  unitsPerPricingUnit: "2821793513472000",
} as const;

const titles: Readonly<Record<string, string>> = {
  "new-resources": "New resources",
  "gone-resources": "Gone resources",
  "month-length": "Number of days",
  usage: "Usage",
  mix: "Mix",
  price: "Price",
  discounts: "Discounts",
  "unused-commitments": "Unused commitments",
  credits: "Credits",
  purchases: "Purchases",
  adjustments: "Adjustments",
  tax: "Tax",
  "rate-or-usage": "Rate or usage",
  division: "Rounding",
};

/** A short name of a part of a change; its meaning comes with the answer. */
export const driverTitle = (id: string): string => titles[id] ?? id;

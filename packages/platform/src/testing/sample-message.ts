import type { Message } from "../notify/message.ts";

/** The smallest PNG there is: one transparent pixel. */
export const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

/** A message with a part of every kind. */
export const sampleMessage: Message = {
  title: "Spend in June",
  summary: "June cost 4 % more than May.\n\nMost of it is storage.",
  figures: [
    { label: "June", value: "1,204.11 USD", note: "+4.0 % on May" },
    { label: "Savings found", value: "88.00 USD" },
  ],
  table: {
    title: "Services",
    columns: [{ title: "Service" }, { title: "Cost", align: "right" }],
    rows: [
      ["Storage", "1,000.00"],
      ["<script>alert(1)</script> & Co", "204.11"],
    ],
    more: 3,
  },
  charts: [
    {
      title: "Trend",
      alt: "rising",
      image: { fileName: "trend.png", contentType: "image/png", bytes: PIXEL },
    },
  ],
  attachments: [
    { fileName: "june.csv", contentType: "text/csv", bytes: Buffer.from("service,cost\nStorage,1000.00\n") },
  ],
  link: { title: "Open the report", url: "https://costs.example.com/reports/june?a=1&b=2" },
  footer: "billed · USD · complete to 2026-06-30",
};

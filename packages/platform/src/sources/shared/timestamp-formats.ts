/**
 * The ways of writing an instant in UTC, or a day, that can be read in one way only. The first is the format of FOCUS;
 * the rest are what exports write instead: Microsoft and Oracle leave out the seconds, BigQuery writes `UTC`,
 * MySQL and Snowflake leave out the zone. Orders of day and month that depend on the country are not among them.
 */
export const ISO_TIMESTAMPS: readonly string[] = [
  "%Y-%m-%dT%H:%M:%SZ",
  "%Y-%m-%d %H:%M:%S",
  "%Y-%m-%dT%H:%MZ",
  "%Y-%m-%dT%H:%M:%S.%fZ",
  "%Y-%m-%d",
  "%Y-%m-%d %H:%M:%S UTC",
  "%Y-%m-%d %H:%M:%S.%f",
  "%Y-%m-%d %H:%M:%S.%f UTC",
  "%Y-%m-%dT%H:%M:%S",
  "%Y-%m-%dT%H:%M:%S.%f",
  "%Y-%m-%dT%H:%M:%S+00:00",
  "%Y-%m-%d %H:%M:%S+00:00",
];

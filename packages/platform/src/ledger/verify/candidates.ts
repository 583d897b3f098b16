import type { Forecaster } from "./forecaster.ts";
import { median } from "./order-statistics.ts";
import { structuralForecaster } from "./structural-forecaster.ts";
import { syntheticForecaster } from "./synthetic-control.ts";
import { DAY_MS, isGap } from "./time-series.ts";

export interface CandidateSettings {
  readonly stepMs: number;
  readonly warmUp: number;
  /** Untouched series over the same steps. */
  readonly controls: readonly Float64Array[];
}

/** Variances of the level's daily steps over that of a daily mean that are tried. */
const DAILY_SIGNALS = [0.0003, 0.003, 0.03, 0.1, 0.3, 1, 10] as const;
/** Those tried together with waves and controls, which triple the work; the first stands in till there are errors. */
const FEW_SIGNALS = [0.1, 0.003] as const;
const HARMONICS = 3;

const wave = (length: number, periodSteps: number): readonly Float64Array[] =>
  Array.from({ length: HARMONICS }, (_, index) => (2 * Math.PI * (index + 1)) / periodSteps).flatMap(
    (speed) => [
      Float64Array.from({ length }, (_, at) => Math.cos(speed * at)),
      Float64Array.from({ length }, (_, at) => Math.sin(speed * at)),
    ],
  );

/** Each gap takes the last value before it, the first ones the first there is. */
const filled = (values: Float64Array): Float64Array => {
  let last = values.find((value) => !isGap(value)) ?? 0;
  return values.map((value) => {
    if (!isGap(value)) last = value;
    return last;
  });
};

/** A control about 0: its share above or below its level in the warm-up. */
const asRegressor = (control: Float64Array, warmUp: number): Float64Array | undefined => {
  const level = median([...control.subarray(0, warmUp)]);
  return level === null || Math.abs(level) < 1e-12 ? undefined : control.map((value) => value / level - 1);
};

/**
 * All ways of forecasting that are tried, the one that stands in first: levels that wander at several speeds, with and
 * without trend, waves of day and week, controls; and a synthetic control.
 */
export const candidatesFor = (values: Float64Array, settings: CandidateSettings): readonly Forecaster[] => {
  const { stepMs, warmUp } = settings;
  const stepsPerDay = DAY_MS / stepMs;
  const week = wave(values.length, 7 * stepsPerDay);
  const calendar = stepsPerDay > 1 ? [...week, ...wave(values.length, stepsPerDay)] : week;
  const calendarName = stepsPerDay > 1 ? "waves of day and week" : "waves of the week";
  const controls = settings.controls.map(filled);
  const regressors = controls.flatMap((control) => asRegressor(control, warmUp) ?? []);
  const structural = (daily: number, extras: Partial<Extras>): Forecaster => {
    const { trend = false, waves = false, onControls = false } = extras;
    const parts = [
      "local level",
      ...(trend ? ["trend"] : []),
      ...(waves ? [calendarName] : []),
      ...(onControls ? [`regression on ${regressors.length} untouched series`] : []),
    ];
    return structuralForecaster(values, {
      id: [
        "level",
        String(daily),
        ...(trend ? ["trend"] : []),
        ...(waves ? ["waves"] : []),
        ...(onControls ? ["controls"] : []),
      ].join("-"),
      method: `structural time series: ${parts.join(", ")}; level's variance ${daily} a day`,
      // A step's noise is that of its own mean: a day of 24 measurements is steadier than each of them.
      signalToNoise: daily / (stepsPerDay * stepsPerDay),
      trend,
      regressors: [...(waves ? calendar : []), ...(onControls ? regressors : [])],
      coefficientSd: onControls ? 0.5 : 0.1,
      warmUp,
    });
  };
  const few = (extras: Partial<Extras>) => FEW_SIGNALS.map((signal) => structural(signal, extras));
  return [
    ...few({ waves: true }),
    ...DAILY_SIGNALS.map((signal) => structural(signal, {})),
    ...(stepsPerDay === 1 ? few({ trend: true, waves: true }) : []),
    ...(regressors.length === 0
      ? []
      : [...few({ onControls: true }), ...few({ onControls: true, waves: true })]),
    ...(controls.length === 0
      ? []
      : [
          syntheticForecaster(values, {
            controls,
            fitSteps: Math.round(90 * stepsPerDay),
            alignSteps: Math.round(14 * stepsPerDay),
            refitSteps: Math.round(7 * stepsPerDay),
            warmUp,
          }),
        ]),
  ];
};

interface Extras {
  readonly trend: boolean;
  readonly waves: boolean;
  readonly onControls: boolean;
}

import type { Clock } from "@trimtab/domain";
import { sanitiseLine } from "../../reports/text/sanitise.ts";
import type { Progress } from "../command.ts";
import type { OutputStream } from "../run.ts";

const SILENT_MS = 1000;
const REDRAW_MS = 100;
const LOG_EVERY_MS = 5000;
const BAR_WIDTH = 30;
const NARROWEST_BAR = 5;
const GAP = "  ";

interface ProgressOptions {
  readonly stream: OutputStream;
  readonly clock: Clock;
  readonly isQuiet: boolean;
}

/** One stretch of work under one label, as it was last told. */
interface Stretch {
  readonly label: string;
  readonly startMs: number;
  readonly startDone: number;
  readonly done: number;
  readonly total: number | undefined;
  readonly unit: string;
}

/** Progress that ends: the bar is wiped before the answer is printed. */
export interface CliProgress extends Progress {
  /** Prints a line above the bar. */
  notify(line: string): void;
  end(): void;
}

/**
 * Shows work that takes over a second on stderr: a bar that redraws itself on a terminal, elsewhere a line every few
 * seconds; also while the work itself says nothing. Rates are those since the stretch began.
 */
export function createProgress({ stream, clock, isQuiet }: ProgressOptions): CliProgress {
  const isTerminal = stream.isTTY === true;
  const everyMs = isTerminal ? REDRAW_MS : LOG_EVERY_MS;
  let stretch: Stretch | undefined;
  let shownMs = 0;
  let isDrawn = false;
  let timer: NodeJS.Timeout | undefined;

  const wipe = () => {
    if (isDrawn) stream.write("\r\u001b[2K");
    isDrawn = false;
  };
  const draw = () => {
    if (stretch === undefined) return;
    const nowMs = clock().getTime();
    const elapsedMs = nowMs - stretch.startMs;
    if (elapsedMs < SILENT_MS || nowMs - Math.max(shownMs, stretch.startMs) < everyMs) return;
    shownMs = nowMs;
    const columns = isTerminal ? (stream.columns ?? 80) : undefined;
    const line = progressLine(stretch, elapsedMs, columns);
    wipe();
    stream.write(isTerminal ? line : `${line}\n`);
    isDrawn = isTerminal;
  };
  return {
    step(label, done, total, unit = "") {
      if (isQuiet) return;
      const isSame = stretch?.label === label;
      const { startMs, startDone } =
        isSame && stretch ? stretch : { startMs: clock().getTime(), startDone: done };
      stretch = { label, startMs, startDone, done, total, unit };
      timer ??= setInterval(draw, everyMs).unref();
      draw();
    },
    notify(line) {
      wipe();
      if (!isQuiet) stream.write(`${sanitiseLine(line)}\n`);
    },
    end() {
      clearInterval(timer);
      timer = undefined;
      stretch = undefined;
      wipe();
    },
  };
}

/** The line, in `columns` of a terminal with a bar in what room is left, or without a bar for a log. */
function progressLine(stretch: Stretch, elapsedMs: number, columns: number | undefined): string {
  const { done, total, unit } = stretch;
  const name = sanitiseLine(stretch.label);
  const perSecond = ((done - stretch.startDone) * 1000) / elapsedMs;
  const rate = perSecond > 0 && unit !== "" ? `${quantity(perSecond, unit === "bytes" ? unit : "")}/s` : "";
  const elapsed = duration(elapsedMs / 1000);
  if (total === undefined || total <= 0) {
    return cut(join([name, unit === "" ? "" : quantity(done, unit), rate, elapsed]), columns);
  }
  const ratio = Math.min(1, done / total);
  const left =
    perSecond > 0 ? `${duration(Math.max(0, total - done) / perSecond)} left` : `${elapsed} so far`;
  const amounts =
    unit === "" ? "" : `${quantity(done, unit === "bytes" ? unit : "")} of ${quantity(total, unit)}`;
  const rest = [`${Math.floor(ratio * 100)} %`, amounts, rate, left];
  if (columns === undefined) return join([name, ...rest]);
  const room = columns - 1 - join([name, ...rest]).length - GAP.length;
  return cut(join([name, bar(ratio, Math.min(BAR_WIDTH, room)), ...rest]), columns);
}

const join = (parts: readonly string[]): string => parts.filter((part) => part !== "").join(GAP);

function bar(ratio: number, width: number): string {
  if (width < NARROWEST_BAR) return "";
  const full = Math.round(ratio * width);
  return "━".repeat(full) + "╌".repeat(width - full);
}

/** `1.2M rows`, `3.4 GB` */
function quantity(value: number, unit: string): string {
  const isBytes = unit === "bytes";
  const steps = ["", "k", "M", "G", "T"];
  let scaled = value;
  let step = 0;
  while (scaled >= 999.5 && step < steps.length - 1) {
    scaled /= 1000;
    step += 1;
  }
  const digits = step === 0 || scaled >= 100 ? Math.round(scaled).toString() : scaled.toFixed(1);
  return isBytes ? `${digits} ${steps[step]}B` : `${digits}${steps[step]}${unit === "" ? "" : ` ${unit}`}`;
}

/** `0:07`, `12:30`, `1:02:03` */
function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}

function cut(line: string, columns: number | undefined): string {
  return columns === undefined ? line : [...line].slice(0, Math.max(1, columns - 1)).join("");
}

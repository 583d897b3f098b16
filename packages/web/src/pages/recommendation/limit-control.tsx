import { SelectField } from "../../components/select-field.tsx";
import type { Setting } from "./recommendation-options.ts";
import type { TriedLimit } from "./recommendation-search.ts";
import { limitText, sentence, settingInForce, sliderScale } from "./what-if.ts";

interface LimitControlProps {
  readonly setting: Setting;
  /** Undefined: as it was asked. */
  readonly tried: TriedLimit | undefined;
  readonly onTry: (value: TriedLimit) => void;
}

/** A setting of the advisor to try: numbers by a slider, others as they are. */
export const LimitControl = ({ setting, tried, onTry }: LimitControlProps) => {
  const { kind, value, choices, unit, unset } = setting;
  const title = sentence(setting.description.replaceAll("`", ""));
  if (kind === "switch") {
    return (
      <label className="flex items-start gap-2 text-sm">
        <input
          type="checkbox"
          className="mt-0.5 size-4 shrink-0 accent-(--accent)"
          checked={Boolean(tried ?? value ?? false)}
          onChange={(event) => onTry(event.target.checked)}
        />
        {title}
      </label>
    );
  }
  if (kind === "choice") {
    return (
      <SelectField
        label={title}
        value={String(tried ?? value ?? "")}
        choices={choices.map((choice) => ({ value: choice, title: choice }))}
        onChange={(event) => onTry(event.target.value)}
      />
    );
  }
  const shown = typeof tried === "number" ? tried : settingInForce(setting);
  const scale = sliderScale(setting, shown ?? 0);
  const isUnset = tried === undefined && value === null;
  return (
    <label className="flex flex-col justify-between gap-1">
      <span className="flex items-baseline justify-between gap-3 text-sm">
        <span>{title}</span>
        <span className="text-right">
          {shown !== undefined && (
            <span className="num font-semibold whitespace-nowrap">{limitText(shown, unit)}</span>
          )}
          {isUnset && unset !== null && <span className="block whitespace-nowrap text-ink-3">{unset}</span>}
        </span>
      </span>
      <input
        type="range"
        {...scale}
        value={shown ?? scale.min}
        onChange={(event) => onTry(event.target.valueAsNumber)}
        className="h-6 w-full accent-(--accent)"
      />
    </label>
  );
};

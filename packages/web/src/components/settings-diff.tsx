import { ArrowRight } from "lucide-react";
import { settingText, settingTitle } from "../format/setting-text.ts";

interface SettingsDiffProps {
  readonly changes: readonly { readonly setting: string; readonly from: unknown; readonly to: unknown }[];
}

/** Settings as they are and as they will be, one a line. */
export const SettingsDiff = ({ changes }: SettingsDiffProps) => (
  <ul className="flex flex-col gap-2">
    {changes.map(({ setting, from, to }) => (
      <li key={setting} className="flex min-w-0 flex-wrap items-center gap-2">
        <span className="font-medium" title={setting}>
          {settingTitle(setting)}
        </span>
        <code className="min-w-0 rounded-md bg-danger-soft px-1.5 py-0.5 font-mono text-sm break-words text-danger">
          {settingText(from)}
        </code>
        <ArrowRight size={14} aria-label="becomes" role="img" className="shrink-0 text-ink-3" />
        <code className="min-w-0 rounded-md bg-down-soft px-1.5 py-0.5 font-mono text-sm break-words text-down">
          {settingText(to)}
        </code>
      </li>
    ))}
  </ul>
);

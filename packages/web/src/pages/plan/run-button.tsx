import { Play, RotateCcw, Undo2 } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import type { PlanPage, PlanRun } from "./plan-search.ts";
import { RunDialog } from "./run-dialog.tsx";

const looks = {
  execute: { word: "Execute…", kind: "primary", icon: Play },
  resume: { word: "Resume…", kind: "primary", icon: RotateCcw },
  "roll-back": { word: "Take back…", kind: "danger", icon: Undo2 },
} as const;

interface RunButtonProps {
  readonly page: PlanPage;
  readonly mode: PlanRun["mode"];
  readonly onStart?: () => void;
}

/** Begins a run once it was confirmed. */
export const RunButton = ({ page, mode, onStart }: RunButtonProps) => {
  const [isAsking, setAsking] = useState(false);
  const { word, kind, icon: Icon } = looks[mode];
  return (
    <>
      <Button kind={kind} onClick={() => setAsking(true)}>
        <Icon size={15} aria-hidden /> {word}
      </Button>
      {isAsking && (
        <RunDialog
          page={page}
          mode={mode}
          onClose={() => setAsking(false)}
          onStart={() => {
            setAsking(false);
            onStart?.();
          }}
        />
      )}
    </>
  );
};

export const ResumeAndBack = ({ page }: Pick<RunButtonProps, "page">) => (
  <>
    <RunButton page={page} mode="roll-back" />
    <RunButton page={page} mode="resume" />
  </>
);

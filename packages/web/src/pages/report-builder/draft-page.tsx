import { useBlocker } from "@tanstack/react-router";
import { type ReactNode, useRef } from "react";
import { toProblem } from "../../api/problem.ts";
import { useMe } from "../../api/use-me.ts";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import type { Definition } from "../../components/report/report-types.ts";
import { formatMoment } from "../../format/dates.ts";
import type { Model } from "../explorer/explorer-state.ts";
import { sendable } from "./blocks.ts";
import { Builder } from "./builder.tsx";
import { useDraft } from "./use-draft.ts";

interface DraftPageProps {
  readonly title: string;
  /** Its id, or what a new one is made of. */
  readonly report: string;
  readonly saved: Definition;
  readonly version?: number | undefined;
  /** New reports can be saved as they are. */
  readonly isNew?: boolean;
  readonly model: Model;
  readonly chosen: string | undefined;
  readonly onChoose: (block: string | undefined) => void;
  readonly save: {
    readonly isPending: boolean;
    readonly error: unknown;
    /** @param onSaved before the page is left */
    run(definition: Definition, version: number | undefined, onSaved: () => void): void;
    /** Saves over what somebody else saved meanwhile. */
    force?(definition: Definition, onSaved: () => void): void;
  };
  readonly onLeave: () => void;
}

/** The builder with what is around it: saving, what was kept of last time, and the warning before it is left. */
export const DraftPage = (props: DraftPageProps) => {
  const { title, report, saved, version, isNew = false, model, chosen, onChoose, save, onLeave } = props;
  const me = useMe();
  const draft = useDraft({ person: me?.id ?? "", report, saved, version });
  const isDone = useRef(false);
  const { definition, isDirty } = draft;
  const onSaved = () => {
    isDone.current = true;
    draft.forget();
  };
  return (
    <>
      <PageHeader
        title={title}
        about={
          <span role="status">
            {isDirty ? "Changes that are not saved" : isNew ? "Not saved yet" : "Saved"}
          </span>
        }
        actions={
          <>
            <Button onClick={onLeave}>{isDirty ? "Leave" : "Back"}</Button>
            <Button
              kind="primary"
              disabled={save.isPending || !(isDirty || isNew)}
              onClick={() => save.run(sendable(definition), draft.version, onSaved)}
            >
              {save.isPending ? "Saving…" : isNew ? "Save report" : "Save as a new version"}
            </Button>
          </>
        }
      />
      {draft.keptAt !== undefined && (
        <Note>
          <span className="grow">
            Your changes from {formatMoment(draft.keptAt)} were kept in this browser.
          </span>
          <Button size="sm" onClick={draft.discard}>
            Discard them
          </Button>
        </Note>
      )}
      <SaveProblem
        error={save.error}
        onForce={save.force && (() => save.force?.(sendable(definition), onSaved))}
      />
      <Builder
        definition={definition}
        model={model}
        chosen={chosen}
        onChange={draft.setDefinition}
        onChoose={onChoose}
      />
      <LeaveWarning isOn={() => isDirty && !isDone.current} onDiscard={draft.forget} />
    </>
  );
};

const Note = ({ children }: { readonly children: ReactNode }) => (
  <div
    role="status"
    className="mb-4 flex flex-wrap items-center gap-3 rounded-lg border border-line bg-accent-soft px-3 py-2 text-sm"
  >
    {children}
  </div>
);

interface SaveProblemProps {
  readonly error: unknown;
  readonly onForce: (() => void) | undefined;
}

const SaveProblem = ({ error, onForce }: SaveProblemProps) => {
  if (error === null || error === undefined) return null;
  const { message, hint, code } = toProblem(error);
  return (
    <div
      role="alert"
      className="mb-4 flex flex-wrap items-center gap-3 rounded-lg bg-danger-soft px-3 py-2 text-sm text-danger"
    >
      <span className="min-w-0 grow">
        {message} {hint}
      </span>
      {code === "STATE_CONFLICT" && onForce !== undefined && (
        <Button size="sm" onClick={onForce}>
          Save mine as the newest
        </Button>
      )}
    </div>
  );
};

interface LeaveWarningProps {
  readonly isOn: () => boolean;
  readonly onDiscard: () => void;
}

/** Before a page with changes is left; another block of the same page is no leaving. */
const LeaveWarning = ({ isOn, onDiscard }: LeaveWarningProps) => {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isOn() && current.pathname !== next.pathname,
    enableBeforeUnload: isOn,
    withResolver: true,
  });
  if (blocker.status !== "blocked") return null;
  return (
    <Dialog isOpen onClose={blocker.reset} title="Leave without saving?">
      <div className="flex flex-col gap-4 p-4">
        <p>Your changes stay in this browser until you come back, or you let go of them.</p>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={blocker.reset}>Stay</Button>
          <Button
            kind="danger"
            onClick={() => {
              onDiscard();
              blocker.proceed();
            }}
          >
            Discard and leave
          </Button>
          <Button kind="primary" onClick={blocker.proceed}>
            Keep and leave
          </Button>
        </div>
      </div>
    </Dialog>
  );
};

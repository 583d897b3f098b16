import { ScanSearch, SearchCheck } from "lucide-react";
import { useState } from "react";
import { toProblem } from "../../api/problem.ts";
import { useMay } from "../../api/use-me.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { FormProblem } from "../../components/entry-frame.tsx";
import { VerdictBadge } from "../../components/plan-badges.tsx";
import { Segmented } from "../../components/segmented.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { formatMoment } from "../../format/dates.ts";
import { formatMoney } from "../../format/numbers.ts";
import type { PlanPartProps } from "./plan-page.tsx";
import type { PlanPage, Verified } from "./plan-search.ts";
import { useVerification } from "./use-plan-changes.ts";
import { VerificationView } from "./verification-view.tsx";

type Kept = PlanPage["verifications"][number];

/** What the plan really saved, as the bill shows it. */
export const ProofTab = ({ page, search, go }: PlanPartProps) => {
  const [tried, setTried] = useState<Verified>();
  const { verifications, line } = page;
  const shown = verifications.find(({ seq }) => seq === search.proof) ?? verifications.at(-1);
  const isApplied = line.status === "applied";
  return (
    <div className="flex flex-col gap-4">
      {isApplied && (
        <Ask
          page={page}
          onTried={setTried}
          onKept={() => {
            setTried(undefined);
            go({ view: "proof" });
          }}
        />
      )}
      {tried !== undefined ? (
        <Card
          title="Only looked at"
          about={`This verification is not kept${shown === undefined ? "" : "; close it to see what is"}`}
          actions={
            <Button kind="quiet" onClick={() => setTried(undefined)}>
              Close
            </Button>
          }
        >
          <VerificationView page={page} report={tried.report} notJudged={tried.notJudged} />
        </Card>
      ) : shown === undefined ? (
        <Nothing isApplied={isApplied} />
      ) : (
        <KeptOne page={page} shown={shown} onChoose={(proof) => go({ view: "proof", proof })} />
      )}
    </div>
  );
};

const Nothing = ({ isApplied }: { readonly isApplied: boolean }) => (
  <Card title="Proof">
    <EmptyState
      icon={<SearchCheck size={20} aria-hidden />}
      title={isApplied ? "Nothing is verified yet" : "There is nothing to prove yet"}
    >
      {isApplied
        ? "Verify compares the days since the change with what they would have cost without it. It needs at least one whole day that is billed, and about 40 days before the change."
        : "Once it is applied, the bill shows what it saved: what was against what would have been."}
    </EmptyState>
  </Card>
);

interface AskProps {
  readonly page: PlanPage;
  readonly onTried: (verified: Verified) => void;
  readonly onKept: () => void;
}

const Ask = ({ page, onTried, onKept }: AskProps) => {
  const mayDecide = useMay("decide");
  const [basis, setBasis] = useState<"billed" | "effective">("billed");
  const verify = useVerification(page.line.id, onKept);
  if (!mayDecide) return <p className="text-sm text-ink-3">Analysts, operators and admins verify plans.</p>;
  return (
    <Card
      title="Verify"
      about="Charges of what the plan changed, from the first whole day after it, at the prices of before"
      actions={
        <span className="flex flex-wrap items-center gap-2">
          <Segmented
            label="Cost"
            value={basis}
            onChoose={setBasis}
            choices={[
              { value: "billed", title: "Billed cost" },
              { value: "effective", title: "Effective cost" },
            ]}
          />
          <Button
            disabled={verify.isPending}
            onClick={() => verify.mutate({ basis, isDryRun: true }, { onSuccess: onTried })}
          >
            Only look
          </Button>
          <Button
            kind="primary"
            disabled={verify.isPending}
            onClick={() => verify.mutate({ basis, isDryRun: false })}
          >
            <ScanSearch size={15} aria-hidden /> {verify.isPending ? "Measuring…" : "Verify now"}
          </Button>
        </span>
      }
    >
      {verify.isError ? (
        <FormProblem>
          {toProblem(verify.error).message} {toProblem(verify.error).hint}
        </FormProblem>
      ) : (
        <p className="text-sm text-ink-3">
          Verify now keeps the result: the programme counts the newest of each plan.
        </p>
      )}
    </Card>
  );
};

interface KeptOneProps {
  readonly page: PlanPage;
  readonly shown: Kept;
  readonly onChoose: (seq: number) => void;
}

const KeptOne = ({ page, shown, onChoose }: KeptOneProps) => (
  <section aria-label={`Verification ${shown.seq}`} className="flex flex-col gap-4">
    <div className="flex flex-wrap items-end justify-between gap-3">
      <p className="flex flex-wrap items-center gap-2 text-sm text-ink-3">
        <VerdictBadge verdict={shown.verdict} />
        Verification {shown.seq} by {shown.computedBy}, {formatMoment(shown.computedAt)}
      </p>
      {page.verifications.length > 1 && (
        <SelectField
          label="Verification"
          isLabelHidden
          value={`${shown.seq}`}
          onChange={({ target }) => onChoose(Number(target.value))}
          choices={page.verifications.toReversed().map(({ seq, verdict, computedAt }) => ({
            value: `${seq}`,
            title: `${seq}: ${verdict}, ${formatMoment(computedAt)}`,
          }))}
        />
      )}
    </div>
    {shown.report === null ? (
      <Card title="Written by an older version">
        <p>
          Its details can't be shown any more.
          {shown.realised !== null &&
            ` It found ${formatMoney(shown.realised.mid, shown.realised.currency)} a month realised.`}{" "}
          Verify again to see them.
        </p>
      </Card>
    ) : (
      <VerificationView page={page} report={shown.report} notJudged={[]} />
    )}
  </section>
);

import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { ArrowLeft, Lightbulb } from "lucide-react";
import { type FormEvent, useState } from "react";
import { call } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";
import { useMay, useMe } from "../../api/use-me.ts";
import { buttonClass } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Field } from "../../components/field.tsx";
import { FormFoot } from "../../components/form-foot.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { formatMoney } from "../../format/numbers.ts";
import {
  type RecommendationLine,
  recommendationsOptions,
} from "../recommendations/recommendations-search.ts";
import { AcceptedList } from "./accepted-list.tsx";
import { obstacleTo, sumBy } from "./plannable.ts";
import { OnlyForAll } from "./plans-page.tsx";

/** Choose among what was accepted, name it, freeze it. */
export const NewPlanPage = () => {
  const mayOperate = useMay("operate");
  const seesAll = useMe()?.scope.kind === "all";
  const { data, error, refetch } = useQuery(recommendationsOptions({ status: "accepted", rank: "money" }));
  return (
    <>
      <Link
        to="/plans"
        className="mb-2 inline-flex min-h-6 items-center gap-1 text-sm text-ink-2 hover:text-ink"
      >
        <ArrowLeft size={14} aria-hidden /> Plans
      </Link>
      <PageHeader
        title="New plan"
        about="Reads the live systems and freezes what will be done, step by step. Nothing is changed yet."
      />
      {!seesAll && <OnlyForAll />}
      {seesAll && !mayOperate && (
        <EmptyState title="Operators and admins make plans">
          Your role may not. What you accepted stands in their list, too.
        </EmptyState>
      )}
      {seesAll && mayOperate && (
        <>
          {error !== null && <ProblemPanel error={error} onRetry={() => void refetch()} />}
          {data === undefined && error === null && <SkeletonRows count={6} />}
          {data !== undefined &&
            (data.items.length === 0 ? <NothingAccepted /> : <Chooser lines={data.items} />)}
        </>
      )}
    </>
  );
};

const NothingAccepted = () => (
  <EmptyState
    className="min-h-[40dvh]"
    icon={<Lightbulb size={20} aria-hidden />}
    title="Nothing is accepted yet"
    actions={
      <Link to="/recommendations" className={buttonClass("primary")}>
        See recommendations
      </Link>
    }
  >
    A plan carries out recommendations that somebody accepted. Accept some, then come back.
  </EmptyState>
);

const hours = [
  { value: "", title: "As the policy says" },
  { value: "24", title: "A day" },
  { value: "72", title: "Three days" },
  { value: "168", title: "A week" },
  { value: "720", title: "Thirty days" },
] as const;

const Chooser = ({ lines }: { readonly lines: readonly RecommendationLine[] }) => {
  const { of = [] } = useSearch({ from: "/signed-in/plans/new" });
  const navigate = useNavigate();
  const [title, setTitle] = useState("");
  const [validHours, setValidHours] = useState("");
  const chosen = lines.filter((line) => of.includes(line.id) && obstacleTo(line, []) === undefined);
  const make = useChange({
    run: () =>
      call("POST /api/v1/plans", {
        body: {
          recommendations: chosen.map(({ id }) => id),
          ...(title.trim() === "" ? {} : { title: title.trim() }),
          ...(validHours === "" ? {} : { validHours: Number(validHours) }),
        },
      }),
    refreshes: ["plans", "recommendations", "recommendation", "overview"],
    done: "Plan frozen",
    onDone: ({ id }) => void navigate({ to: "/plans/$id", params: { id } }),
    isFormShowingProblem: true,
  });
  const choose = (ids: readonly string[]) =>
    void navigate({ to: "/plans/new", search: ids.length === 0 ? {} : { of: ids }, replace: true });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen.length > 0) make.mutate();
  };
  return (
    <form onSubmit={submit} className="grid grid-cols-1 gap-4 lg:grid-cols-12">
      <div className="min-w-0 lg:col-span-8">
        <AcceptedList lines={lines} chosen={chosen} onChoose={choose} />
      </div>
      <div className="min-w-0 lg:col-span-4">
        <Card title="The plan" className="lg:sticky lg:top-5">
          <div className="flex flex-col gap-4">
            <Sum chosen={chosen} />
            <Field
              label="Name (optional)"
              value={title}
              maxLength={200}
              autoComplete="off"
              onChange={(event) => setTitle(event.target.value)}
              hint="Otherwise it is called after its first change."
            />
            <SelectField
              label="Must be applied within"
              value={validHours}
              choices={hours}
              onChange={(event) => setValidHours(event.target.value)}
              hint="Systems change: a plan that waits longer is made anew."
            />
            <FormFoot
              action={make.isPending ? "Reading live systems…" : "Freeze plan"}
              isBusy={make.isPending}
              isDisabled={chosen.length === 0}
              error={make.error}
            />
          </div>
        </Card>
      </div>
    </form>
  );
};

const Sum = ({ chosen }: { readonly chosen: readonly RecommendationLine[] }) => (
  <div aria-live="polite">
    <p className="text-sm text-ink-3">
      {chosen.length === 0
        ? "Choose what the plan carries out."
        : `${chosen.length} ${chosen.length === 1 ? "change" : "changes"}, saving a month`}
    </p>
    {sumBy(chosen).map(({ currency, low, mid, high }) => (
      <p key={currency} className="num">
        <span className="text-2xl font-semibold">{formatMoney(mid, currency)}</span>
        <span className="block text-xs text-ink-3">
          {formatMoney(low, currency)} to {formatMoney(high, currency)} · {currency}
        </span>
      </p>
    ))}
  </div>
);

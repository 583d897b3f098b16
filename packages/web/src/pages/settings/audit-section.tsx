import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ShieldCheck } from "lucide-react";
import type { FormEvent } from "react";
import { type Answer, call } from "../../api/client.ts";
import { useChange } from "../../api/use-change.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { type DataColumn, DataTable } from "../../components/data-table.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Field } from "../../components/field.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { formatMoment } from "../../format/dates.ts";
import { readSettingsSearch } from "./settings-sections.ts";

type Entry = Answer<"GET /api/v1/audit">["items"][number];
type Verification = Answer<"GET /api/v1/audit/verification">;

/** What was done by whom; each entry holds the hash of the one before. */
export const AuditSection = () => {
  const { actor, action, subject } = useSearch({ from: "/signed-in/settings/$section" });
  const navigate = useNavigate();
  const filters = {
    ...(actor === undefined ? {} : { actor }),
    ...(action === undefined ? {} : { action }),
    ...(subject === undefined ? {} : { subject }),
  };
  const log = useInfiniteQuery({
    queryKey: ["audit", filters],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      call("GET /api/v1/audit", {
        query: { ...filters, limit: 50, ...(pageParam === "" ? {} : { cursor: pageParam }) },
        signal,
      }),
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: 10_000,
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const search = readSettingsSearch(Object.fromEntries(new FormData(event.currentTarget)));
    void navigate({ to: "/settings/$section", params: { section: "audit" }, search });
  };
  const entries = log.data?.pages.flatMap(({ items }) => items);
  return (
    <>
      <VerifyCard />
      <Card title="Entries" about="The newest first" isFlush>
        <form
          key={JSON.stringify(filters)}
          onSubmit={onSubmit}
          className="flex flex-wrap items-end gap-3 px-4 pb-3"
        >
          <Field label="Who" name="actor" defaultValue={actor ?? ""} placeholder="ada@example.com" />
          <Field label="What begins with" name="action" defaultValue={action ?? ""} placeholder="person." />
          <Field label="On what" name="subject" defaultValue={subject ?? ""} />
          <Button type="submit" className="h-9 max-md:h-11">
            Filter
          </Button>
          {Object.keys(filters).length > 0 && (
            <Button
              kind="quiet"
              className="h-9 max-md:h-11"
              onClick={() =>
                void navigate({ to: "/settings/$section", params: { section: "audit" }, search: {} })
              }
            >
              Show all
            </Button>
          )}
        </form>
        {log.isError ? (
          <ProblemPanel error={log.error} onRetry={() => void log.refetch()} />
        ) : entries === undefined ? (
          <SkeletonRows count={8} className="px-4 pb-4" />
        ) : entries.length === 0 ? (
          <EmptyState title="No entry is like that">Show all, or filter by less.</EmptyState>
        ) : (
          <DataTable
            caption="Audit log"
            columns={columns}
            rows={entries}
            rowKey={({ seq }) => `${seq}`}
            className="max-h-[38rem]"
          />
        )}
        {log.hasNextPage && (
          <div className="flex justify-center pt-3">
            <Button disabled={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
              Show older ones
            </Button>
          </div>
        )}
      </Card>
    </>
  );
};

const VerifyCard = () => {
  const verify = useChange({
    run: () => call("GET /api/v1/audit/verification", {}),
    refreshes: [],
  });
  return (
    <Card
      title="Is the log whole?"
      about="Reads all of it and checks the chain of hashes"
      actions={
        <Button disabled={verify.isPending} onClick={() => verify.mutate(undefined)}>
          <ShieldCheck size={15} aria-hidden /> {verify.isPending ? "Checking…" : "Check now"}
        </Button>
      }
    >
      <div role="status">
        {verify.data === undefined ? (
          <p className="text-sm text-ink-3">
            The same as <code>trimtab audit verify</code>. Keep the newest hash elsewhere to prove later that
            it is still the same log.
          </p>
        ) : (
          <Verdict verification={verify.data} />
        )}
      </div>
    </Card>
  );
};

const Verdict = ({ verification }: { readonly verification: Verification }) =>
  verification.status === "whole" ? (
    <p className="text-sm">
      <strong className="text-down">Whole.</strong> {verification.entries} entries; the newest is{" "}
      <code className="font-mono text-xs break-all">
        {verification.head.seq}:{verification.head.hash}
      </code>
    </p>
  ) : (
    <p className="text-sm">
      <strong className="text-danger">Broken at entry {verification.seq}.</strong> {verification.reason}
    </p>
  );

/** Ids begin with their kind: `report report-4qq5` says it twice. */
const subjectText = (subject: string): string => {
  const [kind, id] = subject.split(" ");
  return id?.startsWith(`${kind}-`) ? id : subject;
};

const detailText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

const detailsText = (details: Entry["details"]): string =>
  typeof details !== "object" || details === null || Array.isArray(details)
    ? detailText(details ?? "")
    : Object.entries(details)
        .map(([name, value]) => `${name}: ${detailText(value)}`)
        .join("; ");

const columns: readonly DataColumn<Entry>[] = [
  { id: "seq", title: "No.", isNumber: true, cell: ({ seq }) => seq },
  {
    id: "at",
    title: "When",
    cell: ({ at }) => <span className="whitespace-nowrap">{formatMoment(at)}</span>,
  },
  { id: "actor", title: "Who", cell: ({ actor }) => actor },
  { id: "action", title: "What", cell: ({ action }) => <code className="font-mono text-xs">{action}</code> },
  {
    id: "subject",
    title: "On what",
    cell: ({ subject }) => (
      <span className="block max-w-36 break-words max-md:max-w-none">{subjectText(subject)}</span>
    ),
  },
  {
    id: "details",
    title: "Details",
    cell: ({ details }) => (
      <span className="block max-w-80 min-w-28 text-sm break-words text-ink-2 md:max-2xl:max-w-40">
        {detailsText(details)}
      </span>
    ),
  },
];

import { useQuery } from "@tanstack/react-query";
import { Laptop, Smartphone } from "lucide-react";
import { type Answer, call } from "../../api/client.ts";
import { signOutElsewhere } from "../../api/sign-in.ts";
import { useChange } from "../../api/use-change.ts";
import { useSignOut } from "../../app/account-menu.tsx";
import { Badge } from "../../components/badge.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { ProblemPanel } from "../../components/problem-panel.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { formatDay, formatMoment } from "../../format/dates.ts";
import { browserWords } from "./browser-words.ts";

type Session = Answer<"GET /api/v1/me/sessions">["items"][number];

/** Every browser that one is signed in with, and how to end each. */
export const SessionsCard = () => {
  const leave = useSignOut();
  const { data, error, refetch } = useQuery({
    queryKey: ["sessions"],
    queryFn: ({ signal }) => call("GET /api/v1/me/sessions", { signal }),
    staleTime: 0,
  });
  const end = useChange({
    run: ({ id }: Session) => call("DELETE /api/v1/me/sessions/:id", { params: { id } }),
    refreshes: ["sessions"],
    done: "That browser is signed out",
  });
  const elsewhere = useChange({
    run: signOutElsewhere,
    refreshes: ["sessions"],
    done: "All your other browsers are signed out",
  });
  const hasOthers = data?.items.some(({ isThis }) => !isThis) ?? false;
  return (
    <Card
      title="Where you are signed in"
      about="Sign out what you don't know or no longer use, and change your password then"
      actions={
        hasOthers && (
          <Button size="sm" disabled={elsewhere.isPending} onClick={() => elsewhere.mutate(undefined)}>
            Sign out everywhere else
          </Button>
        )
      }
    >
      {error !== null ? (
        <ProblemPanel error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <SkeletonRows count={2} />
      ) : (
        <ul aria-label="Browsers" className="flex flex-col divide-y divide-line">
          {data.items.map((session) => (
            <SessionLine
              key={session.id}
              session={session}
              isBusy={end.isPending}
              onEnd={() => (session.isThis ? leave() : end.mutate(session))}
            />
          ))}
        </ul>
      )}
    </Card>
  );
};

interface SessionLineProps {
  readonly session: Session;
  readonly isBusy: boolean;
  readonly onEnd: () => void;
}

const SessionLine = ({ session, isBusy, onEnd }: SessionLineProps) => {
  const name = browserWords(session.browser);
  const Icon = /iPhone|iPad|Android/.test(name) ? Smartphone : Laptop;
  return (
    <li className="flex items-center gap-3 py-2.5">
      <span className="flex size-9 shrink-0 items-center justify-center rounded-full bg-sunken text-ink-3 max-sm:hidden">
        <Icon size={17} aria-hidden />
      </span>
      <span className="min-w-0 grow">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span className="font-medium">{name}</span>
          {session.isThis && <Badge tone="good">this browser</Badge>}
        </span>
        <span className="num block text-sm break-words text-ink-3">
          since {formatMoment(session.since)}
          {session.address !== null && session.address !== "" && ` from ${session.address}`}
          {`, until ${formatDay(session.expiresAt)} at the latest`}
        </span>
      </span>
      <Button
        size="sm"
        disabled={isBusy}
        aria-label={
          session.isThis ? "Sign out here" : `Sign out ${name}, since ${formatMoment(session.since)}`
        }
        onClick={onEnd}
      >
        Sign out
      </Button>
    </li>
  );
};

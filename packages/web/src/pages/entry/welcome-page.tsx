import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { type Answer, call } from "../../api/client.ts";
import { toProblem } from "../../api/problem.ts";
import { signIn } from "../../api/sign-in.ts";
import { Button, buttonClass } from "../../components/button.tsx";
import { EntryFrame, FormProblem } from "../../components/entry-frame.tsx";
import { Field } from "../../components/field.tsx";
import { Skeleton } from "../../components/skeleton.tsx";
import { formatMoment } from "../../format/dates.ts";
import { setupOptions } from "./sign-in-page.tsx";

type LinkOffer = Answer<"POST /api/v1/links/read">;

/** The code stands behind the `#`, which browsers send to nobody. */
const codeOfAddress = (): string => location.hash.slice(1);

/** First account, invitation, or new password: whatever the one-time link is for. */
export const WelcomePage = () => {
  const [code] = useState(codeOfAddress);
  const offer = useQuery({
    queryKey: ["link", code],
    queryFn: ({ signal }) => call("POST /api/v1/links/read", { body: { code }, signal }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (offer.isError || code === "") {
    return (
      <EntryFrame
        title="This link can't be used"
        about={code === "" ? "It is cut off: copy all of it." : toProblem(offer.error).message}
      >
        <p className="text-sm text-ink-2">
          Links work once and expire. Ask an administrator for a new one; for the first account, start the
          server again.
        </p>
        <Link to="/sign-in" search={{}} className={`${buttonClass("plain")} mt-4`}>
          To sign-in
        </Link>
      </EntryFrame>
    );
  }
  if (offer.data === undefined) {
    return (
      <EntryFrame title="One moment">
        <Skeleton className="h-9 w-full" />
      </EntryFrame>
    );
  }
  return <AccountForm code={code} offer={offer.data} />;
};

const titles = {
  setup: "Make the first account",
  invite: "Welcome to Trimtab",
  reset: "Set a new password",
} as const;

interface Account {
  readonly email: string;
  readonly password: string;
  readonly name: string;
}

const AccountForm = ({ code, offer }: { readonly code: string; readonly offer: LinkOffer }) => {
  const navigate = useNavigate();
  const client = useQueryClient();
  const setup = useQuery(setupOptions);
  const least = setup.data?.passwordMinLength ?? 12;
  const make = useMutation({
    mutationFn: async ({ email, password, name }: Account) => {
      const made = await call("POST /api/v1/links/use", {
        body: {
          code,
          password,
          ...(offer.kind === "reset" ? {} : { name }),
          ...(offer.kind === "setup" ? { email } : {}),
        },
      });
      await signIn(made.email, password, true);
    },
    onSuccess: async () => {
      client.clear();
      await navigate({ to: "/" });
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (field: string) => `${form.get(field) ?? ""}`;
    make.mutate({ email: text("email"), password: text("password"), name: text("name") });
  };
  return (
    <EntryFrame title={titles[offer.kind]} about={<About offer={offer} />}>
      <form onSubmit={onSubmit} className="flex flex-col gap-4">
        {offer.kind !== "reset" && (
          <Field
            label="Your name"
            name="name"
            autoComplete="name"
            required
            maxLength={100}
            defaultValue={offer.name ?? ""}
          />
        )}
        <Field
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          required
          readOnly={offer.kind !== "setup"}
          defaultValue={offer.email ?? ""}
        />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={least}
          maxLength={200}
          hint={`At least ${least} characters. Four words that don't belong together are a good one.`}
        />
        {make.isError && (
          <FormProblem>
            {toProblem(make.error).message} {toProblem(make.error).hint}
          </FormProblem>
        )}
        <Button kind="primary" size="lg" type="submit" disabled={make.isPending}>
          {offer.kind === "reset" ? "Set password and sign in" : "Make account and sign in"}
        </Button>
      </form>
    </EntryFrame>
  );
};

const About = ({ offer: { kind, role, expiresAt } }: { readonly offer: LinkOffer }) => (
  <>
    {kind === "setup" && "Its owner is the administrator and invites the others. "}
    {kind === "invite" && `You were invited as ${role}. `}
    The link is good until {formatMoment(expiresAt)}.
  </>
);

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { FormEvent } from "react";
import { call } from "../../api/client.ts";
import { toProblem } from "../../api/problem.ts";
import { signIn } from "../../api/sign-in.ts";
import { Button } from "../../components/button.tsx";
import { EntryFrame, FormProblem } from "../../components/entry-frame.tsx";
import { Field } from "../../components/field.tsx";

export const setupOptions = {
  queryKey: ["setup"],
  queryFn: ({ signal }: { readonly signal: AbortSignal }) => call("GET /api/v1/setup", { signal }),
};

export const SignInPage = () => {
  const { to } = useSearch({ from: "/sign-in" });
  const navigate = useNavigate();
  const client = useQueryClient();
  const setup = useQuery(setupOptions);
  const enter = useMutation({
    mutationFn: ({ email, password, stays }: { email: string; password: string; stays: boolean }) =>
      signIn(email, password, stays),
    onSuccess: async () => {
      client.clear();
      await navigate({ href: to ?? "/" });
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    enter.mutate({
      email: `${form.get("email")}`,
      password: `${form.get("password")}`,
      stays: form.get("stays") !== null,
    });
  };
  if (setup.data?.needsSetup === true) return <FirstRun />;
  return (
    <EntryFrame title="Sign in">
      <form onSubmit={onSubmit} className="flex flex-col gap-4">
        <Field label="Email" name="email" type="email" autoComplete="username" required autoFocus />
        <Field label="Password" name="password" type="password" autoComplete="current-password" required />
        <label className="flex items-center gap-2 text-sm">
          <input type="checkbox" name="stays" defaultChecked className="size-4 accent-accent" />
          Stay signed in on this device
        </label>
        {enter.isError && <FormProblem>{refusal(enter.error)}</FormProblem>}
        <Button kind="primary" size="lg" type="submit" disabled={enter.isPending}>
          {enter.isPending ? "Signing in…" : "Sign in"}
        </Button>
      </form>
      <p className="mt-4 text-sm text-ink-3">
        Forgot the password? An administrator can make you a link to set a new one.
      </p>
    </EntryFrame>
  );
};

const refusal = (error: unknown): string => {
  const { status, message, hint } = toProblem(error);
  if (status === 401 || status === 403) return "Email or password is wrong.";
  if (status === 429) return "Too many attempts. Wait a few minutes, then try again.";
  return `${message} ${hint}`;
};

const FirstRun = () => (
  <EntryFrame
    title="Nobody can sign in yet"
    about="The server printed a one-time link when it started. Open it to make the first account."
  >
    <p className="text-sm text-ink-2">
      It stands in the output of <code className="font-mono">trimtab serve</code>, and is good for one
      account. Lost it? Start the server again: it prints a new one.
    </p>
  </EntryFrame>
);

import { type FormEvent, useRef } from "react";
import { changePassword, signOutElsewhere } from "../../api/sign-in.ts";
import { useChange } from "../../api/use-change.ts";
import { useMe } from "../../api/use-me.ts";
import { ThemeChoice, useSignOut } from "../../app/account-menu.tsx";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Facts } from "../../components/facts.tsx";
import { Field } from "../../components/field.tsx";
import { FormFoot } from "../../components/form-foot.tsx";

/** Who one is here, what one sees, and how one signs in. */
export const ProfileSection = () => {
  const me = useMe();
  const leave = useSignOut();
  const elsewhere = useChange({
    run: signOutElsewhere,
    refreshes: [],
    done: "All your other sessions have ended",
  });
  if (me === undefined) return null;
  const { locale, timeZone } = new Intl.DateTimeFormat(navigator.language).resolvedOptions();
  return (
    <>
      <Card title="You">
        <Facts
          items={[
            ["Name", me.name],
            ["Email", me.email ?? "–"],
            ["Role", me.role],
            ["May", me.permissions.join(", ")],
            ["Teams", me.teams.map(({ name }) => name).join(", ") || "none"],
            ["Sees", me.scope.kind === "all" ? "all charges" : me.scope.text],
          ]}
        />
      </Card>
      <Card title="Look and language" about="Numbers and dates follow your browser">
        <div className="flex flex-col gap-3">
          <ThemeChoice />
          <Facts
            items={[
              ["Locale", locale],
              ["Time zone", timeZone],
            ]}
          />
        </div>
      </Card>
      <PasswordCard />
      <Card title="Sessions" about="Wherever you are signed in with this account">
        <div className="flex flex-wrap gap-2">
          <Button disabled={elsewhere.isPending} onClick={() => elsewhere.mutate(undefined)}>
            Sign out everywhere else
          </Button>
          <Button onClick={leave}>Sign out here</Button>
        </div>
      </Card>
    </>
  );
};

const PasswordCard = () => {
  const form = useRef<HTMLFormElement>(null);
  const change = useChange({
    run: ({ now, next }: { readonly now: string; readonly next: string }) => changePassword(now, next),
    refreshes: [],
    done: "Password changed; your other sessions have ended",
    onDone: () => form.current?.reset(),
    isFormShowingProblem: true,
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    change.mutate({ now: `${given.get("now")}`, next: `${given.get("next")}` });
  };
  return (
    <Card title="Password" about="A new one ends every other session">
      <form ref={form} onSubmit={onSubmit} className="flex max-w-md flex-col gap-4">
        <Field label="Current password" name="now" type="password" autoComplete="current-password" required />
        <Field
          label="New password"
          name="next"
          type="password"
          autoComplete="new-password"
          required
          minLength={12}
          maxLength={200}
          hint="At least 12 characters. Four words that don't belong together are a good one."
        />
        <FormFoot action="Change password" isBusy={change.isPending} error={change.error} />
      </form>
    </Card>
  );
};

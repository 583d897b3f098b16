import { type FormEvent, useRef } from "react";
import { changePassword } from "../../api/sign-in.ts";
import { useChange } from "../../api/use-change.ts";
import { useMe } from "../../api/use-me.ts";
import { Card } from "../../components/card.tsx";
import { Facts } from "../../components/facts.tsx";
import { Field } from "../../components/field.tsx";
import { FormFoot } from "../../components/form-foot.tsx";
import { LanguageCard } from "./language-card.tsx";
import { SessionsCard } from "./sessions-card.tsx";

/** Who one is here, what one sees, how it is written, and how one signs in. */
export const ProfileSection = () => {
  const me = useMe();
  if (me === undefined) return null;
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
      <LanguageCard me={me} />
      <PasswordCard />
      <SessionsCard />
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

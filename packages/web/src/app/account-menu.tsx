import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { ChevronsUpDown, Compass, LogOut, Monitor, Moon, Sun } from "lucide-react";
import { signOut } from "../api/sign-in.ts";
import { useMe } from "../api/use-me.ts";
import { Menu, MenuItem, MenuLabel, MenuLine } from "../components/menu.tsx";
import { Segmented } from "../components/segmented.tsx";
import { toast } from "../components/toaster.tsx";
import { chooseTheme, useThemeChoice } from "../design/theme.ts";

export const ThemeChoice = () => {
  const choice = useThemeChoice();
  return (
    <Segmented
      label="Theme"
      isIconOnly
      value={choice}
      onChoose={chooseTheme}
      choices={[
        { value: "light", title: "Light", icon: <Sun size={15} aria-hidden /> },
        { value: "dark", title: "Dark", icon: <Moon size={15} aria-hidden /> },
        { value: "system", title: "As the system", icon: <Monitor size={15} aria-hidden /> },
      ]}
    />
  );
};

/** Ends the session and forgets everything that was shown in it. */
export const useSignOut = (): (() => void) => {
  const navigate = useNavigate();
  const client = useQueryClient();
  return () => {
    signOut()
      .then(async () => {
        client.clear();
        await navigate({ to: "/sign-in", search: {} });
      })
      .catch(() => toast("Signing out failed; try again.", "failed"));
  };
};

/** Who is signed in, which charges they see, theme, tour, sign-out. */
export const AccountMenu = ({ onTour }: { readonly onTour: () => void }) => {
  const me = useMe();
  const leave = useSignOut();
  if (me === undefined) return null;
  return (
    <div className="flex flex-col gap-2">
      <div className="max-lg:hidden">
        <ThemeChoice />
      </div>
      <Menu
        trigger={
          <button
            type="button"
            title="Account"
            className="flex items-center gap-2.5 rounded-md p-1.5 text-left hover:bg-sunken max-lg:justify-center"
          >
            <Initials name={me.name} />
            <span className="min-w-0 grow max-lg:sr-only">
              <span className="block truncate text-sm font-medium">{me.name}</span>
              <span className="block truncate text-xs text-ink-3">
                {me.role}
                {me.scope.kind === "all" ? "" : " · limited view"}
              </span>
            </span>
            <ChevronsUpDown size={14} aria-hidden className="text-ink-3 max-lg:hidden" />
          </button>
        }
      >
        <MenuLabel>{me.email ?? me.name}</MenuLabel>
        {me.scope.kind !== "all" && (
          <p className="max-w-64 px-2 pb-1.5 text-xs text-ink-2">You see {me.scope.text}.</p>
        )}
        <MenuItem icon={<Compass size={15} aria-hidden />} onSelect={onTour}>
          Take the tour
        </MenuItem>
        <MenuLine />
        <MenuItem icon={<LogOut size={15} aria-hidden />} onSelect={leave}>
          Sign out
        </MenuItem>
      </Menu>
    </div>
  );
};

const Initials = ({ name }: { readonly name: string }) => (
  <span
    aria-hidden
    className="flex size-7 shrink-0 items-center justify-center rounded-full bg-accent-soft text-xs font-semibold text-accent-strong"
  >
    {name
      .split(/\s+/)
      .map((word) => word.charAt(0))
      .slice(0, 2)
      .join("")
      .toUpperCase()}
  </span>
);

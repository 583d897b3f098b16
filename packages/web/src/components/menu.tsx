import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { type ReactNode, startTransition, useState } from "react";
import { classNames } from "./class-names.ts";

const itemClass = classNames(
  "flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 py-1 text-sm outline-none select-none",
  "data-highlighted:bg-sunken data-disabled:opacity-50 max-md:min-h-10",
);

interface MenuProps {
  readonly trigger: ReactNode;
  readonly children: ReactNode;
  readonly align?: "start" | "end";
  readonly isOpenAtFirst?: boolean;
}

export const Menu = ({ trigger, children, align = "start", isOpenAtFirst = false }: MenuProps) => {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  /** What opens is made piece by piece, so that the press itself is shown at once. */
  const onOpenChange = (next: boolean) => (next ? startTransition(() => setOpen(true)) : setOpen(false));
  return (
    // not modal: a modal menu locks scrolling with a style element, which the content security policy refuses
    <DropdownMenu.Root modal={false} open={isOpen} onOpenChange={onOpenChange}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={6}
          collisionPadding={12}
          className="float-in z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-lg border border-line-strong bg-raised p-1 shadow-float"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
};

interface MenuItemProps {
  readonly onSelect: () => void;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
  readonly isDisabled?: boolean;
}

export const MenuItem = ({ onSelect, icon, children, isDisabled = false }: MenuItemProps) => (
  <DropdownMenu.Item className={itemClass} onSelect={onSelect} disabled={isDisabled}>
    {icon !== undefined && <span className="text-ink-3">{icon}</span>}
    {children}
  </DropdownMenu.Item>
);

export const MenuLabel = ({ children }: { readonly children: ReactNode }) => (
  <DropdownMenu.Label className="px-2 pt-1.5 pb-1 text-xs font-medium text-ink-3">
    {children}
  </DropdownMenu.Label>
);

export const MenuLine = () => <DropdownMenu.Separator className="my-1 h-px bg-line" />;

interface ChoiceMenuProps<T extends string> {
  /** What is chosen, e.g. Currency. */
  readonly label: string;
  readonly value: T;
  readonly choices: readonly { readonly value: T; readonly title: string; readonly icon?: ReactNode }[];
  readonly onChoose: (value: T) => void;
  readonly trigger: ReactNode;
  readonly align?: "start" | "end";
}

/** One of a few. */
export const ChoiceMenu = <T extends string>(props: ChoiceMenuProps<T>) => (
  <Menu trigger={props.trigger} align={props.align ?? "start"}>
    <MenuLabel>{props.label}</MenuLabel>
    <DropdownMenu.RadioGroup value={props.value} onValueChange={(value) => props.onChoose(value as T)}>
      {props.choices.map(({ value, title, icon }) => (
        <DropdownMenu.RadioItem key={value} value={value} className={itemClass}>
          {icon !== undefined && <span className="text-ink-3">{icon}</span>}
          <span className="grow">{title}</span>
          <DropdownMenu.ItemIndicator>
            <Check size={15} aria-hidden className="text-accent" />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  </Menu>
);

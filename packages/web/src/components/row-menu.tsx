import { MoreHorizontal } from "lucide-react";
import { type ReactNode, useState } from "react";
import { IconButton } from "./button.tsx";
import { Menu } from "./menu.tsx";

interface RowMenuProps {
  readonly label: string;
  /** Its items, once it is opened. */
  readonly children: () => ReactNode;
}

/** The menu of one of many rows: only its button is there until somebody opens it, as a hundred menus take long to draw. */
export const RowMenu = ({ label, children }: RowMenuProps) => {
  const [isUsed, setUsed] = useState(false);
  const button = (
    <IconButton
      label={label}
      aria-haspopup="menu"
      className="size-7"
      {...(isUsed ? {} : { onClick: () => setUsed(true) })}
    >
      <MoreHorizontal size={16} aria-hidden />
    </IconButton>
  );
  if (!isUsed) return button;
  return (
    <Menu align="end" isOpenAtFirst trigger={button}>
      {children()}
    </Menu>
  );
};

import type { InventoryItem } from "@trimtab/domain";

/** Resources by the names that others call them by. */
export interface InventoryIndex {
  readonly other: (id: string) => InventoryItem | undefined;
  /** Resources whose settings name one. */
  readonly referring: (id: string) => readonly InventoryItem[];
}

export function indexInventory(items: readonly InventoryItem[]): InventoryIndex {
  const byName = new Map<string, InventoryItem>();
  const referring = new Map<string, InventoryItem[]>();
  for (const item of items)
    for (const name of [item.id, ...item.aliases]) if (!byName.has(name)) byName.set(name, item);
  for (const item of items)
    for (const name of new Set(namedBy(item))) {
      const list = referring.get(name);
      if (list === undefined) referring.set(name, [item]);
      else list.push(item);
    }
  return { other: (id) => byName.get(id), referring: (id) => referring.get(id) ?? [] };
}

/** Other resources that this one's settings name. */
function namedBy(item: InventoryItem): readonly string[] {
  switch (item.kind) {
    case "compute.googleapis.com/Snapshot":
    case "AWS::EC2::Snapshot":
      return item.settings.sourceDisk === null ? [] : [item.settings.sourceDisk];
    case "compute.googleapis.com/Disk":
    case "AWS::EC2::Volume":
      return item.settings.attachedTo;
    case "compute.googleapis.com/Address":
    case "AWS::EC2::EIP":
      return item.settings.usedBy;
    case "sqladmin.googleapis.com/Instance":
    case "AWS::RDS::DBInstance":
      return item.settings.replicaOf === null ? [] : [item.settings.replicaOf];
    case "compute.googleapis.com/Instance":
    case "AWS::EC2::Instance":
      return item.settings.disks;
    default:
      return [];
  }
}

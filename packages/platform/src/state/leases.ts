import { randomUUID } from "node:crypto";
import { type Instant, instantOf } from "@trimtab/domain";
import { stateErrors } from "./errors.ts";
import type { State, StateWriter } from "./state.ts";

/** The hold that one process has on something, until it lets go or the time is over. */
export interface Lease {
  readonly name: string;
  readonly token: string;
}

export interface LeaseRequest {
  readonly name: string;
  /** Who, for the one that has to wait, e.g. `anna on host-1, process 4711`. */
  readonly holder: string;
  readonly durationMs: number;
}

const after = (at: Instant, durationMs: number): Instant => instantOf(new Date(Date.parse(at) + durationMs));

/** Takes hold of something that nobody holds, or whose holder's time is over. @throws STATE_LEASE_HELD */
export const acquireLease = (state: State, actor: string, request: LeaseRequest): Promise<Lease> =>
  state.write(actor, (writer) => acquireWithin(writer, request));

export const acquireWithin = async (
  { db, at, note }: StateWriter,
  { name, holder, durationMs }: LeaseRequest,
): Promise<Lease> => {
  const held = await db.selectFrom("leases").selectAll().where("name", "=", name).executeTakeFirst();
  if (held !== undefined && held.expiresAt > at)
    throw stateErrors.create("STATE_LEASE_HELD", { name, holder: held.holder, until: held.expiresAt });
  const token = randomUUID();
  const values = { holder, token, acquiredAt: at, expiresAt: after(at, durationMs) };
  await db
    .insertInto("leases")
    .values({ name, ...values })
    .onConflict((conflict) => conflict.column("name").doUpdateSet(values))
    .execute();
  const previous = held === undefined ? {} : { takenOverFrom: held.holder };
  note({ action: "lease.acquired", subject: `lease ${name}`, details: { holder, ...previous } });
  return { name, token };
};

/** Says that the holder is alive and still at it. @throws STATE_LEASE_LOST */
export const renewLease = (state: State, actor: string, lease: Lease, durationMs: number): Promise<void> =>
  state.write(actor, async (writer) => {
    await requireLease(writer, lease);
    await writer.db
      .updateTable("leases")
      .set({ expiresAt: after(writer.at, durationMs) })
      .where("name", "=", lease.name)
      .execute();
  });

/** Lets go; a lease that is lost already is no fault. */
export const releaseLease = (state: State, actor: string, { name, token }: Lease): Promise<void> =>
  state.write(actor, async ({ db }) => {
    await db.deleteFrom("leases").where("name", "=", name).where("token", "=", token).execute();
  });

/** What is written under a lease is written only while it is held. @throws STATE_LEASE_LOST */
export const requireLease = async ({ db, at }: StateWriter, { name, token }: Lease): Promise<void> => {
  const held = await db.selectFrom("leases").selectAll().where("name", "=", name).executeTakeFirst();
  if (held?.token !== token || held.expiresAt <= at) throw stateErrors.create("STATE_LEASE_LOST", { name });
};

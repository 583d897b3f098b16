import type { Instant } from "@trimtab/domain";
import type { JsonText } from "./tables.ts";

/** 0 or 1: the databases have no type for it in common. */
export type Flag = 0 | 1;

/** One row: somebody who may sign in, once there is a credential. */
export interface PersonTable {
  readonly id: string;
  /** In lower case. */
  readonly email: string;
  readonly emailVerified: Flag;
  readonly name: string;
  readonly image: string | null;
  readonly role: string;
  readonly isActive: Flag;
  readonly lastSignInAt: Instant | null;
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** One way in which a person signs in; written by the sign-in library, too. */
export interface CredentialTable {
  readonly id: string;
  readonly accountId: string;
  /** `credential`: by email and password. */
  readonly providerId: string;
  readonly personId: string;
  /** A hash, never a password. */
  readonly password: string | null;
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
  readonly idToken: string | null;
  readonly accessTokenExpiresAt: Instant | null;
  readonly refreshTokenExpiresAt: Instant | null;
  readonly scope: string | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** One row: how a person wants to read numbers and moments. */
export interface ProfileTable {
  readonly personId: string;
  /** BCP 47; null: as the browser says. */
  readonly locale: string | null;
  /** IANA name; null: as the browser says. */
  readonly timeZone: string | null;
  readonly updatedAt: Instant;
}

/** One row: a browser that is signed in; written by the sign-in library. */
export interface SessionTable {
  readonly id: string;
  readonly token: string;
  readonly personId: string;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
  readonly expiresAt: Instant;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** One row: how often signing in failed lately for an address or an account. */
export interface SignInAttemptTable {
  readonly key: string;
  readonly attempts: number;
  readonly lastAt: Instant;
  readonly blockedUntil: Instant;
}

export interface OneTimeLinkTable {
  /** SHA-256 of the code; the code itself is nowhere. */
  readonly codeHash: string;
  readonly kind: "setup" | "invite" | "reset";
  readonly personId: string | null;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

export interface TeamTable {
  readonly id: string;
  readonly name: string;
  /** A filter; null: all charges. */
  readonly scope: JsonText | null;
  readonly version: number;
  readonly updatedBy: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface TeamMemberTable {
  readonly teamId: string;
  readonly personId: string;
}

export interface ApiTokenTable {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  /** Its first characters, for people to tell it by. */
  readonly prefix: string;
  /** SHA-256 of the token: it is random enough that nothing slower is needed. */
  readonly secretHash: string;
  readonly permissions: JsonText;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly lastUsedAt: Instant | null;
  readonly revokedAt: Instant | null;
}

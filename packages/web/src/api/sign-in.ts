import { ProblemError, readProblem } from "./problem.ts";

/** Sessions are kept by a cookie that scripts can't read; `/api/auth` belongs to the sign-in library. */
const post = async (path: string, body: unknown): Promise<void> => {
  const response = await fetch(`/api/auth/${path}`, {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => {
    throw ProblemError.unreachable();
  });
  if (!response.ok) throw await readProblem(response);
};

export const signIn = (email: string, password: string, rememberMe: boolean): Promise<void> =>
  post("sign-in/email", { email, password, rememberMe });

export const signOut = (): Promise<void> => post("sign-out", {});

/** Ends every session of this person but this one. */
export const signOutElsewhere = (): Promise<void> => post("sign-out-elsewhere", {});

/** Also ends every other session. */
export const changePassword = (currentPassword: string, newPassword: string): Promise<void> =>
  post("password", { currentPassword, newPassword });

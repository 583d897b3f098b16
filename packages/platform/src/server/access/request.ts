/** What of a request decides who makes it. */
export interface AccessRequest {
  readonly method: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Host and port that the request names. */
  readonly host: string;
  /** `http` or `https`. */
  readonly protocol: string;
  /** Address of the client. */
  readonly ip: string;
}

/** The one value of a header; several are none. */
export const headerOf = ({ headers }: AccessRequest, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === "string" ? value : undefined;
};

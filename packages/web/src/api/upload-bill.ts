import type { Answer } from "./client.ts";
import { ProblemError, readProblem } from "./problem.ts";

type Upload = Answer<"POST /api/v1/uploads">;

/** Sends a file as it is. XMLHttpRequest, because fetch does not tell how far a body is. */
export const uploadBill = (file: File, onProgress: (share: number) => void): Promise<Upload> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1/uploads?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total);
    request.onerror = () => reject(ProblemError.unreachable());
    request.onload = () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText) as Upload);
      else {
        const answer = new Response(request.responseText, { status: request.status });
        readProblem(answer).then(reject, reject);
      }
    };
    request.send(file);
  });

// A change of the library, sent and watched: fetch cannot tell how far an upload is, so this is XMLHttpRequest.
import { say } from "./words.js";

const STAGES = { wait: "stage_wait", read: "stage_file", embed: "stage_embed", write: "stage_write", open: "stage_open" };

export function send({ method, path, body }, key, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, path);
    request.setRequestHeader("Authorization", `Bearer ${key}`);
    request.upload.addEventListener("progress", (event) => progress(event.loaded, event.total));
    request.addEventListener("load", () => {
      const answer = parsed(request.responseText);
      if (request.status === 202) resolve(answer);
      else reject(Object.assign(new Error(answer?.detail ?? say("error_other")), { status: request.status }));
    });
    request.addEventListener("error", () => reject(new Error(say("error_offline"))));
    request.send(body ?? null);
  });
}

// resolves with the job once it has ended
export async function follow(job, key, tell) {
  const headers = { Authorization: `Bearer ${key}` };
  while (job.state === "queued" || job.state === "running") {
    tell(say(job.state === "queued" ? "job_queued" : (STAGES[job.stage] ?? "stage_wait")), job.done, job.total);
    await new Promise((resolve) => setTimeout(resolve, 400));
    // the connection may fail for a moment; the job goes on all the same
    const response = await fetch(`/api/jobs/${job.id}`, { headers }).catch(() => null);
    if (response?.ok) job = await response.json();
    else if (response?.status === 401 || response?.status === 404) throw Object.assign(new Error(response.statusText), { status: response.status });
  }
  return job;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

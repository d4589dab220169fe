"""What goes over the wire of a job: where it stands, and what came of it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from web.jobs import Job

__all__ = ["JobOut", "job_out"]


class SkippedOut(BaseModel):
    path: str
    reason: str


class ReportOut(BaseModel):
    documents: int
    passages: int
    tables: int
    figures: int
    changed: int
    seconds: float
    skipped: list[SkippedOut]


class JobOut(BaseModel):
    id: str
    kind: str
    documents: list[str]
    state: Literal["queued", "running", "done", "failed"]
    stage: str
    done: int
    total: int
    report: ReportOut | None
    error: str
    asked_at: float
    ended_at: float | None


def job_out(job: Job) -> JobOut:
    return JobOut.model_validate(job, from_attributes=True)

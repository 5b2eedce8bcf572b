"""The queue: one at a time, cancellable, and never brought down by a probe."""

import asyncio
from pathlib import Path

import pytest

from probes.jobs import MOST_WAITING, ProbeConflictError, ProbeJobs, QueueFullError
from probes.records import HOSTED, Job, ProbeReport, ProbeSpec
from probes.store import ReportStore
from tests.probes.stubs import BRIEF, stub_command, stub_probe

SPEC = BRIEF


async def last(jobs: ProbeJobs, id: str) -> Job:
    seen = [job async for job in jobs.events(id)]
    assert [job.progress for job in seen] == sorted(job.progress for job in seen)
    return seen[-1]


async def bug(spec: ProbeSpec, **keywords: object) -> ProbeReport:
    del spec, keywords
    raise ZeroDivisionError("a bug of ours")


async def hang(spec: ProbeSpec, **keywords: object) -> ProbeReport:
    command = stub_command(keras_torch="hang-load")
    return await stub_probe(spec, command=command, **keywords)  # type: ignore[arg-type]


def test_job_ends_with_its_report(tmp_path: Path) -> None:
    async def scenario() -> tuple[Job, Job | None]:
        store = ReportStore(tmp_path)
        jobs = ProbeJobs(store=store, runner=stub_probe)
        job = await last(jobs, jobs.submit(SPEC).id)
        return job, ProbeJobs(store=store).get(job.id)

    job, after_restart = asyncio.run(scenario())

    assert job.state == "done"
    assert job.report is not None
    assert job.report.id == job.id
    assert job.verdict == job.report.ratios
    assert after_restart == job


def test_a_hosted_report_says_so_whatever_was_asked() -> None:
    async def scenario() -> Job:
        jobs = ProbeJobs(runner=stub_probe, hosted=True)
        spec = SPEC.model_copy(update={"hardware_class": "my-own"})
        return await last(jobs, jobs.submit(spec).id)

    report = asyncio.run(scenario()).report

    assert report is not None
    assert report.spec.hardware_class == HOSTED


def test_same_key_is_the_same_job() -> None:
    async def scenario() -> None:
        jobs = ProbeJobs(runner=stub_probe)
        first = jobs.submit(SPEC, "key")

        assert jobs.submit(SPEC, "key").id == first.id
        assert jobs.submit(SPEC).id != first.id
        with pytest.raises(ProbeConflictError, match=first.id):
            jobs.submit(ProbeSpec(batch=64), "key")
        await jobs.close()

    asyncio.run(scenario())


def test_jobs_run_one_at_a_time() -> None:
    at_once: list[int] = []
    running: set[str | None] = set()

    async def watched(
        spec: ProbeSpec, *, report_id: str | None, **keywords: object
    ) -> ProbeReport:
        running.add(report_id)
        at_once.append(len(running))
        report = await stub_probe(spec, report_id=report_id, **keywords)  # type: ignore[arg-type]
        running.remove(report_id)
        return report

    async def scenario() -> list[str]:
        jobs = ProbeJobs(runner=watched)
        ids = [jobs.submit(SPEC).id for _ in range(3)]
        return [(await last(jobs, id)).state for id in ids]

    assert asyncio.run(scenario()) == ["done"] * 3
    assert at_once == [1, 1, 1]


def test_cancelled_job_keeps_the_verdict_so_far() -> None:
    async def scenario() -> Job:
        jobs = ProbeJobs(runner=stub_probe)
        id = jobs.submit(SPEC).id
        async for job in jobs.events(id):
            if job.verdict:
                jobs.cancel(id)
        found = jobs.get(id)
        assert found is not None
        return found

    job = asyncio.run(scenario())

    assert job.state == "cancelled"
    assert len(job.verdict) == 2
    assert job.report is not None
    assert job.report.stopped_early


def test_waiting_job_is_cancelled_at_once() -> None:
    async def scenario() -> None:
        jobs = ProbeJobs(runner=hang)
        first, second = jobs.submit(SPEC), jobs.submit(SPEC)
        cancelled = jobs.cancel(second.id)

        assert cancelled is not None
        assert cancelled.state == "cancelled"
        jobs.cancel(first.id)
        assert (await last(jobs, first.id)).state == "cancelled"

    asyncio.run(scenario())


def test_bug_in_a_probe_ends_only_its_job() -> None:
    async def scenario() -> None:
        jobs = ProbeJobs(runner=bug)
        first, second = jobs.submit(SPEC), jobs.submit(SPEC)

        assert (
            await last(jobs, first.id)
        ).problem == "ZeroDivisionError: a bug of ours"
        assert (await last(jobs, second.id)).state == "failed"
        assert (await last(jobs, jobs.submit(SPEC).id)).state == "failed"

    asyncio.run(scenario())


def test_full_queue_refuses() -> None:
    async def scenario() -> None:
        jobs = ProbeJobs(runner=hang)
        for _ in range(MOST_WAITING):
            jobs.submit(SPEC)
        with pytest.raises(QueueFullError):
            jobs.submit(SPEC)
        await jobs.close()

    asyncio.run(scenario())


def test_store_that_cannot_write_loses_no_verdict(tmp_path: Path) -> None:
    async def scenario() -> Job:
        blocked = tmp_path / "file"
        blocked.write_text("in the way", "utf-8")
        jobs = ProbeJobs(store=ReportStore(blocked), runner=stub_probe)
        return await last(jobs, jobs.submit(SPEC).id)

    assert asyncio.run(scenario()).state == "done"


def test_unknown_job_is_none() -> None:
    async def scenario() -> None:
        jobs = ProbeJobs()
        assert jobs.get("nobody") is None
        assert jobs.cancel("nobody") is None
        assert [job async for job in jobs.events("nobody")] == []
        await jobs.close()

    asyncio.run(scenario())


def test_closing_ends_what_runs() -> None:
    async def scenario() -> Job | None:
        jobs = ProbeJobs(runner=hang)
        id = jobs.submit(SPEC).id
        await asyncio.sleep(0)
        await jobs.close()
        return jobs.get(id)

    job = asyncio.run(scenario())

    assert job is not None
    assert job.state == "cancelled"

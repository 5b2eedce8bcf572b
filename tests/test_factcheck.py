"""Live checks through the doors: the terminal, the page, HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

import app
from app import Settings, create_app
from assistant.edges.factcheck import factcheck_command, write_whole
from assistant.factpage import as_html, as_markdown
from assistant.factsheet import TABLE, Ledger
from assistant.labels import TABLE_LINES
from knowledge.records import Knowledge, Language
from probes.checks.records import CheckProgress, CheckReport
from probes.checks.seen import Seen
from tests.probes.check_stubs import check, run_stubs, stub_checks

CLAIM = "table-pytorch-graph-dynamic"


def stub_run(
    claims: Sequence[str],
    *,
    quick: bool,
    on_progress: Callable[[CheckProgress], None],
    stop: asyncio.Event,
) -> Awaitable[CheckReport]:
    del stop
    checks = [check(claim=CLAIM, pytorch=10)] if CLAIM in claims else []
    return stub_checks(checks, quick=quick, on_progress=on_progress)


def test_rows_are_printed_with_article_today_and_machine(
    knowledge: Knowledge, capsys: pytest.CaptureFixture[str]
) -> None:
    code = factcheck_command(knowledge, stub_run, ["--topic", "graph_mode"])

    said = " ".join(capsys.readouterr().out.split())
    assert code == 0
    assert "PyTorch uses a dynamic computation graph" in said
    assert "today: holds" in said
    assert "this machine: confirmed. Seen 10" in said
    assert "1 × was not run: table-keras-graph-static" in said
    assert "<script>" in said


def test_json_holds_every_row_and_nothing_else(
    knowledge: Knowledge, capsys: pytest.CaptureFixture[str]
) -> None:
    code = factcheck_command(knowledge, stub_run, ["--json", "--quick"])

    made = json.loads(capsys.readouterr().out)
    assert code == 0
    assert len(made["rows"]) == 123
    assert made["set"] == "quick"
    assert made["counts"] == {"confirmed": 1}
    assert all(bool(one["verdicts"]) != bool(one["unseen"]) for one in made["rows"])
    assert len(made["table"]) == 11


def test_filters_narrow_the_rows_and_nothing_left_is_status_1(
    knowledge: Knowledge, capsys: pytest.CaptureFixture[str]
) -> None:
    code = factcheck_command(knowledge, stub_run, ["--status", "wrong", "--json"])

    made = json.loads(capsys.readouterr().out)
    assert code == 1
    assert {one["status_today"] for one in made["rows"]} == {"wrong"}


@pytest.mark.parametrize("wrong", [["--topic", "weather"], ["--status", "true"]])
def test_wrong_arguments_end_with_2(
    knowledge: Knowledge, wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        factcheck_command(knowledge, stub_run, wrong)

    assert ended.value.code == 2
    assert wrong[1] in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_told_before_anything_runs(
    knowledge: Knowledge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "none" / "page.html"

    assert factcheck_command(knowledge, stub_run, ["--html", str(place)]) == 2
    assert "no folder" in capsys.readouterr().err


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


@pytest.mark.parametrize("language", list(Language))
def test_the_page_is_whole_escaped_and_needs_nothing_else(
    knowledge: Knowledge, language: Language
) -> None:
    report = run_stubs(check(claim=CLAIM, pytorch=10))
    page = as_html(Ledger(knowledge).sheet(report), language)

    tags = Tags()
    tags.feed(page)
    names = {name for name, _ in tags.seen}
    assert not names & {"script", "link", "img", "iframe"}
    assert not any("src" in attributes for _, attributes in tags.seen)
    assert "&lt;script&gt;" in page
    assert page.count("<tr id=") == 123


def test_the_closing_table_stands_in_the_articles_order_in_both_languages(
    knowledge: Knowledge,
) -> None:
    sheet = Ledger(knowledge).sheet(run_stubs(check(claim=CLAIM, pytorch=10)))
    lines = [
        one.removeprefix(TABLE) for one in knowledge.sections if one.startswith(TABLE)
    ]

    assert [one.heading for one in sheet.table] == lines
    assert list(TABLE_LINES) == lines
    for language in Language:
        page, plain = as_html(sheet, language), as_markdown(sheet, language)
        named = [TABLE_LINES[one].get(language) for one in lines]
        places = [page.index(f'colspan="3">{name}<') for name in named]
        assert places == sorted(places)
        assert all(f"## {name}\n" in plain for name in named)


def test_no_duration_is_told_before_a_set_has_ended(knowledge: Knowledge) -> None:
    report = run_stubs(check(claim=CLAIM, pytorch=10))
    seen = Seen()
    seen.add(report.results)

    early = as_html(Ledger(knowledge).sheet(seen.report), Language.EN)
    seen.ended(report, [])
    late = as_html(Ledger(knowledge).sheet(seen.report), Language.EN)

    assert "1 confirmed" in early
    assert " s. 1 confirmed" not in early
    assert f"; {report.duration_s:.0f} s. 1 confirmed" in late


def test_markdown_rows_keep_three_cells_whatever_is_in_them(
    knowledge: Knowledge,
) -> None:
    report = run_stubs(check(claim=CLAIM, pytorch=10))
    text = as_markdown(Ledger(knowledge).sheet(report), Language.EN)

    rows = [line for line in text.splitlines() if line.startswith("| ")]
    for line in rows:
        assert line.replace("\\|", "").count("|") == 4, line
    assert "<script>" not in text


def test_a_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.html"
    write_whole(path, "first")

    def full(*_: Any) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError, match="disk full"):
        write_whole(path, "second")

    assert path.read_text("utf-8") == "first"
    assert list(tmp_path.iterdir()) == [path]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "load_checks", lambda: [check(claim=CLAIM, pytorch=10)])
        patch.setattr(app, "run_checks", stub_checks)
        service = create_app(Settings())
    # With the lifespan: its event loop outlives a request.
    with TestClient(service, raise_server_exceptions=False) as made:
        yield made


def done(client: TestClient, started: Response) -> dict[str, Any]:
    """The job that was started, once it is done."""
    assert started.status_code == 202
    where = started.headers["location"]
    for _ in range(200):
        job: dict[str, Any] = client.get(where).json()
        if job["state"] not in ("queued", "running"):
            break
    assert job["state"] == "done", job
    return job


def test_a_check_by_http_is_a_job_that_ends_with_a_result(client: TestClient) -> None:
    started = client.post(f"/api/v1/claims/{CLAIM}/check")

    job = done(client, started)
    assert job["results"][0]["outcome"] == "confirmed"


def test_the_whole_article_is_checked_as_a_job_and_shown_on_its_page(
    client: TestClient,
) -> None:
    started = client.post("/api/v1/factchecks", json={"set": "full"})

    done(client, started)
    sheet = client.get("/api/v1/factchecks/sheet").json()
    seen = {one["claim"]: one["verdicts"] for one in sheet["rows"]}
    assert seen[CLAIM][0]["outcome"] == "confirmed"
    page = client.get("/article?language=en").text
    assert "1 confirmed" in page
    assert "Seen 10" in page


@pytest.mark.parametrize("language", list(Language))
def test_the_page_filters_and_saves_what_it_shows(
    client: TestClient, language: Language
) -> None:
    asked = {"topic": "salary", "status": "outdated", "language": language.value}

    page = client.get("/article", params=asked).text
    saved = client.get("/article", params={**asked, "format": "json"})
    text = client.get("/article", params={**asked, "format": "markdown"})

    assert 'id="salary-pytorch-100800"' in page
    assert 'id="pytorch-faster-than-keras"' not in page
    assert {one["topic"] for one in saved.json()["rows"]} == {"salary"}
    assert "attachment" in saved.headers["content-disposition"]
    assert "148" in text.text


def test_rows_carry_their_sources_and_what_the_article_says_against_them(
    client: TestClient,
) -> None:
    rows = client.get("/api/v1/factchecks/sheet").json()["rows"]

    assert all(one["sources"] for one in rows)
    against = next(one for one in rows if one["claim"] == "keras-active-community")
    assert "limited" in against["contradicted"][0]["en"]


def test_what_was_seen_outlives_the_service(tmp_path: Path) -> None:
    report = run_stubs(check(claim=CLAIM, pytorch=10))
    seen = Seen(tmp_path)
    seen.ended(report, [])
    seen.keep()

    assert Seen(tmp_path).report.results == report.results
    changed = seen.report.model_copy(update={"versions": {"torch": "0.1"}})
    (tmp_path / "seen.json").write_text(changed.model_dump_json())
    assert Seen(tmp_path).report.results == ()
    (tmp_path / "seen.json").write_text("{half")
    assert Seen(tmp_path).report.results == ()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/article?topic=weather", 404),
        ("GET", "/article?status=true", 422),
        ("POST", "/api/v1/factchecks?", 422),
        ("DELETE", "/api/v1/checks/0123", 404),
        ("POST", "/api/v1/claims/no-such/check", 404),
        ("GET", "/api/v1/checks/0123", 404),
    ],
)
def test_what_is_not_there_is_a_404_problem(
    client: TestClient, method: str, path: str, status: int
) -> None:
    answer = client.request(method, path)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_statement_that_no_program_can_check_is_a_409_problem(
    client: TestClient, knowledge: Knowledge
) -> None:
    cited = next(claim.id for claim in knowledge.claims if claim.check == "cite")

    answer = client.post(f"/api/v1/claims/{cited}/check")

    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert cited in answer.json()["detail"]

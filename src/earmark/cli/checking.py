"""What `earmark check` does once its arguments are known: a line a finding for a person, one document for a program."""

import os
from collections import Counter
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from earmark.checks.options import Level
from earmark.cli import exits
from earmark.cli.building import Asked, plan_of
from earmark.cli.telling import console
from earmark.cli.telling.log import Log, Plain
from earmark.cli.telling.report import prepare_report
from earmark.library.build import Plan
from earmark.library.gate.check import Scope, check
from earmark.library.gate.findings import Checked, Finding, Inspection
from earmark.library.inputs.sources import STANDARD_INPUT
from earmark.storage import sweep, write_atomically

SCHEMA = 1


class Wanted(Struct, frozen=True, kw_only=True):
    """The arguments that are this command's own."""

    deep: bool
    editions: bool
    fix: bool
    strict: bool
    as_json: bool
    report: Path | None


class ReportedArticle(Struct, frozen=True):
    """An article that was looked at."""

    source: Annotated[str, Meta(description="its path in the folder of articles, with /")]
    file: Annotated[str, Meta(description="its path as it was found")]
    state: Annotated[
        Literal["fresh", "stale", "missing", "skipped", "unreadable"], Meta(description="how its edition stands")
    ]
    slug: Annotated[str, Meta(description='the name of its edition, "" if it has none')]
    reasons: Annotated[tuple[str, ...], Meta(description="why it is stale or skipped")]


class ReportedFinding(Struct, frozen=True):
    """Something to put right."""

    code: Annotated[str, Meta(description="stable; one of the keys of [check] in earmark.toml")]
    severity: Annotated[Literal["error", "warning"], Meta(description="an error makes the check fail")]
    message: Annotated[str, Meta(description="what is wrong, in one sentence without a full stop")]
    hint: Annotated[str, Meta(description='what to do about it, "" if that is plain')]
    file: Annotated[str, Meta(description='the file to open, "" if there is none')]
    line: Annotated[int | None, Meta(description="the line in it, null where that is not known for sure")]
    block: Annotated[str, Meta(description="the id of the article's block, as in edition.json")]
    source: Annotated[str, Meta(description="the article's path in the folder of articles")]
    slug: Annotated[str, Meta(description="the edition that it is about")]


class Totals(Struct, frozen=True):
    """How many there are of each."""

    articles: int
    fresh: int
    stale: int
    missing: int
    skipped: int
    unreadable: int
    orphans: int
    errors: int
    warnings: int


class Report(Struct, frozen=True):
    """What `earmark check` found. `schema` changes when a field changes its meaning; fields may be added."""

    schema: Annotated[int, Meta(description="of this document")]
    command: Literal["check"]
    exit_code: Annotated[int, Meta(description="0 fit to publish, 3 not, or another failure's code")]
    out: Annotated[str, Meta(description="the folder of editions")]
    deep: Annotated[bool, Meta(description="whether every published byte was read")]
    whole: Annotated[bool, Meta(description="whether orphans, front page and feeds were looked at")]
    totals: Totals
    articles: tuple[ReportedArticle, ...]
    findings: tuple[ReportedFinding, ...]
    orphans: Annotated[tuple[str, ...], Meta(description="editions whose article is gone")]
    fixed: Annotated[tuple[str, ...], Meta(description="what --fix put right")]
    troubles: Annotated[tuple[str, ...], Meta(description="what kept the check from its work")]


def run(asked: Asked, wanted: Wanted) -> int:
    """Check, tell what was found, and return the exit code."""
    if wanted.report:
        prepare_report(wanted.report)
    plan = plan_of(asked)
    scope = Scope(whole=is_whole(asked, plan), editions=wanted.editions, deep=wanted.deep, fix=wanted.fix)
    inspection = check(plan, scope)
    for trouble in inspection.troubles:
        asked.log.complain(trouble)
    code = exit_code(inspection, strict=wanted.strict)
    report = msgspec.json.encode(_report(inspection, asked, scope, code))
    if wanted.as_json:
        console.data(report)
    else:
        tell(inspection, asked.log)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        from earmark.cli.telling import github  # noqa: PLC0415 (only there)

        annotated = isinstance(asked.log, Plain)
        github.show_check(inspection, _summary(inspection), os.environ, annotated=annotated)
    if wanted.report:
        sweep(wanted.report.absolute().parent)
        write_atomically(wanted.report, msgspec.json.format(console.escaped(report), indent=2) + b"\n")
    return code


def is_whole(asked: Asked, plan: Plan) -> bool:
    """Tell whether all articles of the folder were asked for."""
    root = plan.folder.root.resolve()
    return asked.choice.is_all and any(
        source != STANDARD_INPUT and source.resolve() == root for source in asked.sources
    )


def exit_code(inspection: Inspection, *, strict: bool) -> int:
    """Return how the check ends."""
    failed = bool(inspection.errors or (strict and inspection.findings))
    codes = [exits.code_of(trouble) for trouble in inspection.troubles]
    return exits.combined([*codes, exits.CHECK_FAILED] if failed else codes)


def tell(inspection: Inspection, log: Log) -> None:
    """Tell of each finding, a file's together, and sum up."""
    for finding in inspection.findings:
        log.result(
            "finding",
            line_for(finding),
            article=finding.source,
            level="error" if finding.level == "error" else "warning",
            code=finding.code,
            file=finding.file,
            line_number=finding.line,
            slug=finding.slug,
        )
    for fixed in inspection.fixed:
        log.result("fixed", f"fixed: {fixed}")
    log.result(
        "summary",
        _summary(inspection),
        articles=len(inspection.articles),
        errors=inspection.errors,
        warnings=len(inspection.findings) - inspection.errors,
    )


def line_for(finding: Finding) -> str:
    """Return a finding as editors and terminals know it: file and line first, then what to do."""
    place = f"{finding.file}:{finding.line}" if finding.line else finding.file
    hint = f" — {finding.hint}" if finding.hint else ""
    return f"{place}: {finding.level}: {finding.code}: {finding.message}{hint}".removeprefix(": ")


def _summary(inspection: Inspection) -> str:
    states = Counter(article.state for article in inspection.articles)
    levels: Counter[Level] = Counter(finding.level for finding in inspection.findings)
    parts = [_count(len(inspection.articles), "article")]
    parts += [
        f"{states[state]} {state}" for state in ("fresh", "stale", "missing", "skipped", "unreadable") if states[state]
    ]
    parts.append(_count(levels["error"], "error"))
    parts.append(_count(levels["warning"], "warning"))
    return ", ".join(parts)


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _report(inspection: Inspection, asked: Asked, scope: Scope, code: int) -> Report:
    states = Counter(article.state for article in inspection.articles)
    return Report(
        schema=SCHEMA,
        command="check",
        exit_code=code,
        out=str(asked.out),
        deep=scope.deep,
        whole=scope.whole,
        totals=Totals(
            articles=len(inspection.articles),
            fresh=states["fresh"],
            stale=states["stale"],
            missing=states["missing"],
            skipped=states["skipped"],
            unreadable=states["unreadable"],
            orphans=len(inspection.orphans),
            errors=inspection.errors,
            warnings=len(inspection.findings) - inspection.errors,
        ),
        articles=tuple(map(_article, inspection.articles)),
        findings=tuple(map(_finding, inspection.findings)),
        orphans=inspection.orphans,
        fixed=inspection.fixed,
        troubles=tuple(map(str, inspection.troubles)),
    )


def _article(checked: Checked) -> ReportedArticle:
    return msgspec.convert(
        {
            "source": checked.source,
            "file": checked.name,
            "state": checked.state,
            "slug": checked.slug,
            "reasons": checked.reasons,
        },
        ReportedArticle,
    )


def _finding(finding: Finding) -> ReportedFinding:
    return ReportedFinding(
        code=finding.code,
        severity="error" if finding.level == "error" else "warning",
        message=finding.message,
        hint=finding.hint,
        file=finding.file,
        line=finding.line,
        block=finding.block,
        source=finding.source,
        slug=finding.slug,
    )


def schema() -> bytes:
    """Return the JSON Schema of the report."""
    document = msgspec.json.schema(Report)
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"

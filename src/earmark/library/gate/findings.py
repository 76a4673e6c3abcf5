"""What a check finds, as values: the command line shows them, the report collects them."""

from collections.abc import Iterable

from msgspec import Struct

from earmark.article import Problem
from earmark.checks.options import CheckOptions, Level, level
from earmark.errors import EarmarkError, ReadError
from earmark.library.inputs.sources import Found
from earmark.writers.record import RecordedProblem


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that an editor should put right.

    `code` is one of `earmark.checks.options`; `level` says whether it makes the check fail. `file` is what to
    open, as the user knows it; `line` and `block` are where in it, if that is known. `source` is the article's
    path in its folder, `slug` the edition's name, each "" where it is about none.
    """

    code: str
    level: Level
    message: str
    hint: str = ""
    file: str = ""
    line: int | None = None
    block: str = ""
    source: str = ""
    slug: str = ""


class Checked(Struct, frozen=True, kw_only=True):
    """An article and its edition: `state` is "fresh", "stale", "missing", "skipped" or "unreadable", and why."""

    name: str
    source: str
    state: str
    slug: str = ""
    reasons: tuple[str, ...] = ()


class Inspection(Struct, frozen=True, kw_only=True):
    """How a check ended. `fixed` tells what was put right, `troubles` what kept the check from its work."""

    articles: tuple[Checked, ...]
    findings: tuple[Finding, ...]
    orphans: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    troubles: tuple[EarmarkError, ...] = ()

    @property
    def errors(self) -> int:
        """How many findings make the check fail."""
        return sum(finding.level == "error" for finding in self.findings)


class Findings:
    """Gathers findings at the levels that settings give their codes."""

    def __init__(self, options: CheckOptions) -> None:
        """Gather nothing yet."""
        self._options = options
        self._found: dict[Finding, None] = {}

    def add(  # noqa: PLR0913 (a finding's fields)
        self,
        code: str,
        message: str,
        hint: str = "",
        *,
        file: str = "",
        line: int | None = None,
        block: str = "",
        source: str = "",
        slug: str = "",
    ) -> None:
        """Add a finding, unless settings turn its code off."""
        at = level(self._options, code)
        if at != "off":
            finding = Finding(
                code=code,
                level=at,
                message=message,
                hint=hint,
                file=file,
                line=line,
                block=block,
                source=source,
                slug=slug,
            )
            self._found[finding] = None

    def problems(self, found: Found, problems: Iterable[Problem | RecordedProblem], slug: str = "") -> None:
        """Add the problems of an article."""
        listed = tuple(problems)
        nowhere = {problem.block for problem in listed if problem.code == "language-invalid"}
        for problem in listed:
            if problem.code == "no-voice" and problem.block in nowhere:
                continue  # nobody speaks what is no language
            self.add(
                problem.code,
                problem.message,
                problem.hint,
                file=found.name,
                line=problem.line,
                block=problem.block,
                source=found.relative,
                slug=slug,
            )

    def error(self, error: EarmarkError, file: str, source: str) -> None:
        """Add what keeps an article from being read or named."""
        if isinstance(error, ReadError):
            self.add(error.code, error.message, error.hint, file=file, line=error.line, source=source)
        else:
            self.add("unreadable", error.message, error.hint, file=file, source=source)

    def all(self) -> tuple[Finding, ...]:
        """Return the findings by file and line, those of no line first."""
        return tuple(sorted(self._found, key=lambda finding: (finding.file, finding.line or 0, finding.block)))

"""Code blocks: named and counted, for code read aloud is noise; a setting reads it, line by line."""

import re

from earmark.article import Code, Inline
from earmark.narration.desk import Desk, Scope
from earmark.narration.phrases.table import counted
from earmark.narration.prose import place_of
from earmark.narration.running import running
from earmark.narration.script import Utterance
from earmark.narration.voicing import voiced

# What the names behind the fence are called; others are said as they are written.
_NAMES = {
    "bash": "Bash", "c": "C", "c++": "C++", "console": "shell", "cpp": "C++", "cs": "C#", "csharp": "C#", "css": "CSS",
    "diff": "diff", "go": "Go", "golang": "Go", "html": "HTML", "ini": "INI", "java": "Java", "javascript": "JavaScript",
    "js": "JavaScript", "json": "JSON", "jsx": "JSX", "kotlin": "Kotlin", "kt": "Kotlin", "latex": "LaTeX", "lua": "Lua",
    "makefile": "Make", "markdown": "Markdown", "md": "Markdown", "perl": "Perl", "php": "PHP", "pl": "Perl",
    "powershell": "PowerShell", "py": "Python", "py3": "Python", "pycon": "Python", "python": "Python",
    "python3": "Python", "r": "R", "rb": "Ruby", "rs": "Rust", "ruby": "Ruby", "rust": "Rust", "scala": "Scala",
    "sh": "shell", "shell": "shell", "sql": "SQL", "swift": "Swift", "toml": "TOML", "ts": "TypeScript", "tsx": "TSX",
    "typescript": "TypeScript", "xml": "XML", "yaml": "YAML", "yml": "YAML", "zsh": "Zsh",
}  # fmt: skip
_PLAIN = frozenset({"", "text", "txt", "plain", "plaintext", "none", "nohighlight"})
_LINE = re.compile(r"[^\n]*\S[^\n]*")


def tell_code(desk: Desk, block: Code, scope: Scope) -> None:
    """Say what code it is and how long; read it if the settings say so."""
    if not block.text.strip():
        return
    if desk.narration.code != "skip":
        desk.assembly.sentence(block.id, "code", _summary(desk, block))
        desk.assembly.pause(desk.pauses.sentence)
    if desk.narration.code != "read":
        desk.assembly.omit_field(block.id, "text", Inline(block.text), "code")
        return
    run = running("text", Inline(block.text))
    place = place_of(block, scope)
    for line in _LINE.finditer(block.text):
        if desk.assembly.sentence(block.id, "code", voiced(desk, place, run, *line.span(), ())):
            desk.assembly.pause(desk.pauses.sentence)
    desk.assembly.sentence(block.id, "code", desk.phrase("end_code", block.id))


def _summary(desk: Desk, block: Code) -> tuple[Utterance, ...]:
    """Return the words that name and count a code block."""
    if desk.phrases is None:
        return ()
    p = desk.phrases
    lines = counted(len(block.text.strip("\n").split("\n")), p.one_line, p.lines, p.few_lines)
    name = (block.info.split() or [""])[0]
    if name.lower() in _PLAIN:
        return desk.phrase("code", block.id, lines=lines)
    return desk.phrase("code_in", block.id, language=_NAMES.get(name.lower(), name), lines=lines)

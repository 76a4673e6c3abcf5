"""Licences as `podcast:license` names them: by their SPDX identifier in lower case, or with an address."""

import re

from earmark.writers.markup import safe_address

_CREATIVE_COMMONS = re.compile(
    r"https?://(?:www\.)?creativecommons\.org/(?:licenses/(?P<kind>by(?:-nc)?(?:-sa|-nd)?)/(?P<version>\d\.\d)"
    r"|(?P<zero>publicdomain/zero)/(?P<zero_version>\d\.\d))(?:/.*)?",
    re.ASCII,
)
_NAMED = re.compile(r"cc[ -](by(?:[ -]nc)?(?:[ -](?:sa|nd))?)[ -](\d\.\d)|cc0(?:[ -](\d\.\d))?", re.ASCII)


def licence(written: str) -> tuple[str, str] | None:
    """Return identifier and address of a licence, None if there is neither: what has no address must be a known one."""
    address = safe_address(written)
    if address:
        found = _CREATIVE_COMMONS.fullmatch(address)
        if found is None:
            return "custom", address
        kind = f"cc-{found['kind']}-{found['version']}" if found["kind"] else f"cc0-{found['zero_version']}"
        return kind, address
    named = _NAMED.fullmatch(written.strip().lower())
    if named is None:
        return None
    if named[1] is None:
        return f"cc0-{named[3] or '1.0'}", f"https://creativecommons.org/publicdomain/zero/{named[3] or '1.0'}/"
    kind = named[1].replace(" ", "-")
    return f"cc-{kind}-{named[2]}", f"https://creativecommons.org/licenses/{kind}/{named[2]}/"

"""Names of picture files where a description should stand: they are nothing to say."""

import re

# Up to three words: a sentence may end with a file's name.
_FILE = re.compile(
    r"(?:[^\s/\\]{1,200} ){0,2}[^\s/\\]{1,200}\.(?:avif|bmp|gif|heic|jpe?g|png|svg|tiff?|webp)", re.IGNORECASE
)
_CAMERA = re.compile(
    r"(?:dscn?|dscf|img|pict?|image|photo|screen ?shot|bild|foto|pxl|mvc)[-_ ]?\d[\d_ .-]{0,20}(?:at [\d_ .-]{1,20})?",
    re.IGNORECASE,
)


def is_file_name(text: str) -> bool:
    """Tell whether `text` is what a file is called, or what a camera or a program called it."""
    return bool(_FILE.fullmatch(text) or _CAMERA.fullmatch(text))

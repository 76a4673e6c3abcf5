"""Language data: number words, units, currencies, months, abbreviations."""

"""Language data as tables: numbers, units, currencies, months, abbreviations, sentence ends."""

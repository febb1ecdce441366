"""Forms as data: one file gives the pages, the validation, the sealed answers and the register."""

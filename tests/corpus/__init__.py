"""Documents with planted difficulties and known truth, and how a reading of them is scored."""

"""Names of bodies that may be ones the register knows: shown with their evidence, and settled by a person."""

"""What the hands that write documents share: how a page, a table or a sheet is set, whatever it says."""

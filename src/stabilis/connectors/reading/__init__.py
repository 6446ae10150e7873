"""How cells, sheets and elements of a file are read; no source in particular."""

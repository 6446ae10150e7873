"""Look and components: page frame, tables, numbers, charts; no rules, no data access."""

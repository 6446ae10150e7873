"""Pages that join domains: front page, country page, flows; no rules and no models."""

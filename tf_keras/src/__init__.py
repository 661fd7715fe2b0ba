"""The implementation: wings on floors, drawn in ARCHITECTURE.md."""

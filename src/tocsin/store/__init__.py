"""One SQLite file a case: captures compressed, documents, layers, decisions, derived rows, full-text index.

The room of storage keys: values from `core` go in and come out, and nothing here reads a text or draws a conclusion.
"""

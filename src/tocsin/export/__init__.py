"""What leaves Tocsin: readings and cases as JSON lines and CSV, and the brief. Knows rows and documents, no store."""

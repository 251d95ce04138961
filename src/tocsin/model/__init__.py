"""The reading model's runtime: words, word pieces and windows; one forward pass each; spans decoded from its scores.

It knows text, offsets and tensors, not documents and not news. Nothing heavy is imported before the first reading.
"""

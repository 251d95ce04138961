"""Trains the judge of commitments: the published small encoder, tuned to say whether a marked act is one."""

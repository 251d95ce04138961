"""Training of the reading model: from PolNeAR and a small public encoder to the files that the package ships.

Needs PyTorch and ONNX, which Tocsin itself does not (`requirements.txt` beside this file). See README.md here.
"""

"""Text as numbers: where it comes from, how it is cut into tokens, and what counting alone predicts.

corpus.py      a text by its name or path, split into training and validation
paths.py       text from a file, a folder, a glob or a pipe
download.py    a file from the network, checked, cached, resumable
vocabulary.py  characters or bytes to integers and back
ngram.py       what counting predicts: the baselines
"""

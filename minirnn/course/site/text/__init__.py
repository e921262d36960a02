"""What becomes of a lesson's text on the way to its page, beyond plain Markdown.

blocks.py        a text cut at headings, predictions, exercises and parts, and what is put into boxes
predictions.py   what asks the reader before it shows; parts.py: where a class may stop
head.py, foot.py the two ends of the page, from the manifest; terms.py: words that explain themselves
tables.py        heads of rows
"""

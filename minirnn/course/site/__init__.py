"""A lesson file becomes a page, a notebook and a handout; the pages become the website. Read build.py first.

lessons.py     a lesson's cells, run (lesson_run.py) and kept; directives.py: what its text may ask for,
text/          and what becomes of it
lesson_pages.py, notebook.py, site_pages.py, timetables.py   the pages and what is downloaded
shown.py       figures, tables and code as HTML
formulas.py, later.py   formulas are drawn when the site is built; what is far below is laid out later
in_page.py, page_files.py   the same checks in a page, by the same words
"""

"""What begins a row is its head where the first column has none; all other tables stay as they are."""

from minirnn.course.site.text.tables import with_row_heads

TWO_WAYS = """<table class="plain"><caption>Sums</caption>
<thead><tr><th scope="col"></th><th scope="col">one</th></tr></thead>
<tbody>
<tr><td class="words"><em>two</em></td><td>3</td></tr>
<tr><td>five</td><td>6</td></tr>
</tbody></table>"""
ONE_WAY = TWO_WAYS.replace('<th scope="col"></th>', '<th scope="col">n</th>')


def test_rows_have_heads_where_the_first_column_has_none():
    said = with_row_heads(f"{ONE_WAY}\n<p>Text</p>\n{TWO_WAYS}\n{ONE_WAY}")
    assert said.startswith(f"{ONE_WAY}\n<p>Text</p>\n") and said.endswith(ONE_WAY)
    middle = said.removeprefix(ONE_WAY).removesuffix(ONE_WAY)
    assert '<th scope="row" class="words"><em>two</em></th><td>3</td>' in middle
    assert '<th scope="row">five</th><td>6</td>' in middle
    assert middle.count("<th") == 3 + 1 and '<td></td><th scope="col">one</th>' in middle  # <thead> too

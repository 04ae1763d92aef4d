"""Lines of lists, tables and cards on web pages; numbers and paragraphs of recommendations, which no others have."""

from crawler.bodies.html import fragment


def texts(html: str, scrub: tuple[str, ...] = ()) -> dict[str, str]:
    return {each.path: each.text for each in fragment(html, url="https://a.sample.invalid/", scrub=scrub)}


def test_lists_have_lines_and_under_a_heading_of_recommendations_numbers() -> None:
    entries = "<ol><li>One <em>thing</em>.<ol><li>And more.</li></ol></li><li>Another.</li></ol>"
    found = texts(f"<h2>Recommendations</h2><p>Two:</p>{entries}<h3>More</h3>{entries}<h2>Annex</h2>{entries}")
    assert found == {
        "recommendations": "Two:\n1. One thing. And more.\n2. Another.",
        "more": "1. One thing. And more.\n2. Another.",
        "annex": "One thing. And more.\nAnother.",
    }


def test_entries_with_a_number_of_their_own_have_no_second() -> None:
    found = texts("<h2>Our recommendations</h2><ol><li>R1: act</li><li>2. act</li><li>(c) act</li><li>act</li></ol>")
    assert found == {"our-recommendations": "R1: act\n2. act\n(c) act\n4. act"}


def test_lists_that_show_no_plain_numbers() -> None:
    head = "<h2>Recommendations</h2>"
    assert texts(f"{head}<ol reversed><li>a b</li></ol>") == {"recommendations": "a b"}
    assert texts(f'{head}<ol><li value="4">a b</li></ol>') == {"recommendations": "a b"}
    assert texts(f'{head}<ol type="A" start="2"><li>a b</li></ol>') == {"recommendations": "B. a b"}
    assert texts(f'{head}<ol type="i" start="9"><li>a b</li></ol>') == {"recommendations": "ix. a b"}
    assert texts(f"{head}<ul><li>a b</li></ul>") == {"recommendations": "\u2022 a b"}


def test_rows_keep_their_cells_apart() -> None:
    found = texts(
        "<h2>Recommendations</h2><table><tr><th>No</th><th>Recommendation</th></tr><tr><td>1</td><td><p>Act.</p>"
        "<p>Now.</p></td></tr></table>"
    )
    assert found == {"recommendations": "No | Recommendation\n1 | Act. Now."}


def test_a_cell_that_spans_rows_stands_in_each_of_them() -> None:
    rows = (
        "<tr><th>Who</th><th colspan=2>From</th><th>Fee</th></tr><tr><td rowspan=2>Adult</td><td>May</td><td>2028</td>"
        "<td>10</td></tr><tr><td>June</td><td>2028</td><td rowspan=9>12</td></tr><tr><td>Child</td><td>May</td>"
        "<td>2028</td></tr>"
    )
    assert texts(f"<h2>A</h2><table>{rows}</table><p>End.</p>") == {
        "a": "Who | From | Fee\nAdult | May | 2028 | 10\nAdult | June | 2028 | 12\nChild | May | 2028 | 12\nEnd."
    }
    wide = f"<tr>{'<td rowspan=100>x</td>' * 1000}</tr>" + "<tr><td>y</td></tr>" * 99
    assert texts(f"<h2>A</h2><table>{wide}</table>")["a"].count("x") < 7_000


def test_neighbours_in_lists_tables_and_cards_stand_apart() -> None:
    assert texts("<h2>A</h2><p>One.</p><ul><li>Pathways</li><li>Council</li></ul><p>There.</p><p>Here.</p>") == {
        "a": "One.\nPathways\nCouncil\nThere. Here."
    }
    card = "<div class=card><p>{}</p><a href=/x>View</a></div>"
    assert texts(f"<h2>A</h2>{card.format('First report')}{card.format('Second report')}<div>End.</div>") == {
        "a": "First report View\nSecond report View\nEnd."
    }
    entry = "<li><div><div><a href=/x>First report</a></div><div><time>2 May</time></div><div>Online</div></div></li>"
    assert texts(f"<h2>A</h2><ul>{entry}<li><div>It is:</div><div>new</div></li></ul>") == {
        "a": "First report | 2 May | Online\nIt is: new"
    }
    assert texts("<h2>A</h2><table><tr><td>Free</td><td>2 hours</td></tr></table>") == {"a": "Free | 2 hours"}
    assert texts("<h2>A</h2><dl><dt>Cost<dd>Free<dt>Length<dd>2 hours</dl>") == {"a": "Cost Free\nLength 2 hours"}


def test_paragraphs_that_recommend_stand_on_lines() -> None:
    found = texts("<p>Our recommendation.</p><h2>A</h2><p>1. We recommend it.</p><p>2. So be it.</p><p>3. Yes.</p>")
    assert found["a"] == "1. We recommend it.\n2. So be it. 3. Yes."


def test_a_text_of_which_something_is_left_out_flows() -> None:
    html = "<h2>Recommendations</h2><ol><li>One. Page 3</li><li>Two.</li></ol>"
    assert texts(html, (r"Page \d",)) == {"recommendations": "1. One. 2. Two."}
    assert texts(html, ("Nothing",)) == {"recommendations": "1. One. Page 3\n2. Two."}

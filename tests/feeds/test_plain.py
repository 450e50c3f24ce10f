"""HTML of entries as plain text."""

import pytest

from streams.feeds.plain import plain_line, plain_text

EXAMPLES = [
    # as in the feed, plain
    (
        '<div class="TRS_Editor"><p>　　5月19日，宁波市&nbsp;举行签约仪式。</p>\n'
        "<p>　　总投资 <strong>365</strong> 亿元</p></div>",
        "5月19日，宁波市 举行签约仪式。\n总投资 365 亿元",
    ),
    ("<table><tr><td>项目</td><td>金额</td></tr><tr><th>A</th><td>1亿</td></tr></table>", "项目 金额\nA 1亿"),
    ("First.\n\nSecond\nline &amp; more", "First.\nSecond\nline & more"),
    ("<p>a\nb</p>  <ul><li>x</li><li>y</li></ul>tail", "a b\nx\ny\ntail"),
    ("AT&T <b>5 < 6</b> & 7 > 3", "AT&T 5 < 6 & 7 > 3"),
    ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
    ("if x &lt;y&gt; z", "if x <y> z"),
    ("&lt;p&gt;escaped once&lt;/p&gt;&lt;p&gt;too often&lt;/p&gt;", "escaped once\ntoo often"),
    ("<p>x<!-- more -->y<?pi z?>z</p>", "xyz"),
    ("<script>var a='</p>'</script>后文<style>p{}</style>", "后文"),
    ("one<br>two<br/>three", "one\ntwo\nthree"),
    ("<pre>a\n  b</pre>", "a\nb"),
    ("<p>unclosed <b>tags <p>next", "unclosed tags\nnext"),
    ("&#20013;&#x56fd;&hellip;", "中国…"),
    ("soft\u00adhyphen zero\u200bwidth\ufeff", "softhyphen zerowidth"),
    ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
    ("<p></p>", ""),
    ("<img src='x' alt='y'>", ""),
    ("<svg><title>icon</title></svg>text", "text"),
    ("<a href='x'>link</a>, then", "link, then"),
]


@pytest.mark.parametrize(("markup", "plain"), EXAMPLES)
def test_plain_text(markup: str, plain: str) -> None:
    assert plain_text(markup) == plain
    assert plain_line(markup) == " ".join(plain.split())


def test_a_deep_document_is_no_crash() -> None:
    assert plain_text("<div>" * 5000 + "x" + "</div>" * 5000) in ("x", "")
    assert len(plain_text("<a" * 200_000)) == 400_000

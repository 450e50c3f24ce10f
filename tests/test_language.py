"""Which language a text is in."""

import pytest

from streams.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("43个重大产业项目集中签约", "zh"),
        ("來自22個國家的代表簽署協議", "zh"),
        ("BYD比亚迪与CATL宁德时代在宜宾签约NEV电池项目GWh", "zh"),
        ("Xishan signed 43 projects (锡山区)", "en"),
        ("Đồng Nai grants certificates to investors", "en"),
        ("東京都は新しい工場を建設する", "other"),
        ("В Казани подписали соглашение", "other"),
        ("", "other"),
        ("12.5 %", "other"),
    ],
)
def test_detect_language(text: str, language: str) -> None:
    assert detect_language(text) == language
